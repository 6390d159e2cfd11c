/** The name of the identity provider in every user pool; the sign-in page and the names of its users show it. */
export const PROVIDER_NAME = 'Organisation';

/**
 * The ID that the identity provider gave a user: the `sub` of OpenID Connect, or the name identifier of SAML. Cognito names a user by the
 * provider and this ID. A pool that ignores case may show it in lower case:
 * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-case-sensitivity.html
 *
 * @returns undefined if the user isn't of the identity provider
 */
export function subjectOf(userName: unknown): string | undefined {
  if (typeof userName !== 'string') return undefined;
  const prefix = `${PROVIDER_NAME}_`.toLowerCase();
  const isProvided = userName.toLowerCase().startsWith(prefix) && userName.length > prefix.length;
  return isProvided ? userName.slice(prefix.length) : undefined;
}
