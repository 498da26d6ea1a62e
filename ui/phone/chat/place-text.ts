/** Latitude and longitude in degrees from what was typed or pasted (`-31.73, -60.52`); undefined if it is none on Earth. */
export function placeIn(typed: string): { lat: number; lng: number } | undefined {
  const [, lat, lng] = /^\s*(-?\d{1,2}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*$/.exec(typed) ?? [];
  const place = { lat: Number(lat), lng: Number(lng) };
  return lat !== undefined && Math.abs(place.lat) <= 90 && Math.abs(place.lng) <= 180 ? place : undefined;
}
