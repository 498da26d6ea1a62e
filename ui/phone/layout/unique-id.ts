let made = 0;

/** An id for an element of a component that may be on the page more than once. */
export const uniqueId = (prefix: string): string => `${prefix}-${++made}`;
