import { SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import type { Aws, Identity } from '../harness/aws';
import { ACCOUNT } from '../harness/emulator';
import { signatureOf } from './signature';

/** A request as it arrived. */
export interface Arrived {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A caller whose signature is valid, or the gateway response that refuses the request. */
export type Authorized = { readonly userArn: string } | { readonly refusal: string };

/**
 * What API Gateway does for a method with IAM authorization: it verifies the signature, and IAM decides on the caller's permission
 * `execute-api:Invoke`. The emulator gives no secret of a session away, so callers are registered first.
 */
export class IamAuthorizer {
  private readonly callers = new Map<string, { readonly identity: Identity; readonly role: string }>();

  constructor(private readonly aws: Aws) {}

  /** @param role the name of the role whose session the identity is */
  public register(identity: Identity, role: string): void {
    this.callers.set(identity.accessKeyId, { identity, role });
  }

  /** @param resource the ARN of the method, with the path as it was sent */
  public async decide(request: Arrived, resource: string): Promise<Authorized> {
    const { authorization = '' } = request.headers;
    const [, key = '', names = ''] =
      /^AWS4-HMAC-SHA256 Credential=(\w+)\/\S+, ?SignedHeaders=([\w;-]+), ?Signature=\w{64}$/.exec(authorization) ?? [];
    if (key === '') return { refusal: 'MISSING_AUTHENTICATION_TOKEN' };
    const caller = this.callers.get(key);
    if (caller === undefined) return { refusal: 'INVALID_SIGNATURE' };
    const headers = Object.fromEntries(names.split(';').map((name) => [name, request.headers[name] ?? '']));
    const expected = await signatureOf({ ...request, headers }, caller.identity);
    if (!authorization.endsWith(`Signature=${expected}`)) return { refusal: 'INVALID_SIGNATURE' };
    const { EvaluationResults } = await this.aws.iam.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: `arn:aws:iam::${ACCOUNT}:role/${caller.role}`,
        ActionNames: ['execute-api:Invoke'],
        ResourceArns: [resource],
      }),
    );
    if (EvaluationResults?.[0]?.EvalDecision !== 'allowed') return { refusal: 'ACCESS_DENIED' };
    return { userArn: `arn:aws:sts::${ACCOUNT}:assumed-role/${caller.role}/deploy-test` };
  }
}
