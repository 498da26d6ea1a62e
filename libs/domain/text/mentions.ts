const mention = /\{\{\s*([^{}]*?)\s*\}\}/gu;

/** The names that a text mentions as `{{ name }}`, known or not, in their order. */
export function mentionedIn(text: string): string[] {
  return [...text.matchAll(mention)].map((match) => match[1] ?? '');
}

/** The text with each mention replaced; one without a value leaves nothing behind. */
export function fillMentions(text: string, valueOf: (name: string) => string | undefined): string {
  return text.replace(mention, (_, name: string) => valueOf(name) ?? '');
}
