import type { Environment } from './endpoint';

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** The credentials of the function's role, which Lambda sets in the environment once per process. */
export async function roleCredentials(environment: Environment): Promise<Credentials> {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = environment;
  if (AWS_ACCESS_KEY_ID && AWS_SECRET_ACCESS_KEY) {
    return {
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      sessionToken: AWS_SESSION_TOKEN || undefined,
    };
  }
  const error = new Error(
    "'AWS_ACCESS_KEY_ID' and 'AWS_SECRET_ACCESS_KEY' aren't set, as they are in a Lambda function",
  );
  throw Object.assign(error, { name: 'CredentialsProviderError' });
}
