import { UsageError } from '../shared/usage-error';

const DENIED = /^(AccessDenied(Exception)?|UnauthorizedOperation|KMSAccessDeniedException)$/;
const CREDENTIALS = /^(ExpiredToken(Exception)?|UnrecognizedClientException|InvalidClientTokenId|TokenProviderError)$/;

/**
 * An error of AWS in one line that says what to do; any other error is returned as it is.
 *
 * @param role the output of the stack that names the role of its table
 */
export function explained(error: unknown, role: string): unknown {
  const { name, message, code, path } = error as NodeJS.ErrnoException;
  const say = (what: string) => new UsageError(`${what} (${name}: ${message})`);
  if (name === 'KeyConflict') return new UsageError(message);
  if (DENIED.test(name)) {
    return say(
      `your credentials lack permission; the account's IAM policies must allow you to describe the stack and to assume its role '${role}'`,
    );
  }
  if (name === 'CredentialsProviderError') {
    return say('no valid AWS credentials were found; sign in, or set AWS_PROFILE');
  }
  if (CREDENTIALS.test(name)) return say('AWS accepts no credentials of yours; sign in, or set AWS_PROFILE');
  if (name === 'ResourceNotFoundException')
    return say('there is no such table in this Region; check its name and --region');
  if (name === 'ValidationError' && /does not exist/.test(message)) {
    return say('there is no such stack in this Region; deploy it, or check its name and --region');
  }
  if (/^Region is missing/.test(message)) return say('the Region is missing; add --region, or set AWS_REGION');
  // An error of the network has no path.
  if (path === undefined && code !== undefined && /^E[A-Z_]+$/.test(code)) return say("AWS can't be reached from here");
  return error;
}
