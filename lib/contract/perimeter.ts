/** The name of the stack that reports what loosens the perimeter. */
export const watchStackName = (deployment: string): string => `${deployment}-perimeter-watch`;

/**
 * The name of a perimeter's permissions boundary, the same in each account, so that a role names it before it exists. The
 * organization's policies protect each name of this form.
 *
 * @param deployment the `name` of a `residency.yaml`; none for one that has none
 */
export const boundaryPolicyName = (deployment?: string): string => `${deployment ?? 'eu'}-residency-boundary`;
