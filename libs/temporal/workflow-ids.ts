/**
 * Workflow ids are `<company>/<workflow>/<key>`: readable for operations, and the company can be told from the id alone.
 * They are not encrypted, so a key is never a phone number or a name.
 */
export const workflowId = (company: string, workflow: string, key: string): string => `${company}/${workflow}/${key}`;

/** The company that a workflow belongs to. @throws Error when the id was not made by `workflowId` */
export function companyOf(id: string): string {
  const slash = id.indexOf('/');
  if (slash < 1) throw new Error('A workflow id without a company');
  return id.slice(0, slash);
}
