/** Local models think aloud before they answer; what is thought and never ends is all there is. */
const thoughts = /<think(?:ing)?>[\s\S]*?(?:<\/think(?:ing)?>|$)/giu;
const fenced = /```(?:json)?\s*([\s\S]*?)```/iu;

/**
 * The JSON of a model's answer, without thoughts, fences and words around it.
 * @returns undefined where there is none
 */
export function jsonOfAnswer(answer: string): unknown {
  const spoken = answer.replace(thoughts, '').trim();
  const inside = fenced.exec(spoken)?.[1] ?? spoken;
  const [from, to] = [inside.indexOf('{'), inside.lastIndexOf('}')];
  for (const text of [inside, from >= 0 && to > from ? inside.slice(from, to + 1) : undefined]) {
    if (text === undefined) continue;
    try {
      return JSON.parse(text) as unknown;
    } catch {
      // the next form of it
    }
  }
  return undefined;
}
