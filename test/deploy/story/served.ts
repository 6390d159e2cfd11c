import { LLMock } from '@copilotkit/aimock';
import { Front } from '../front/front';
import { ADMINISTRATION, type Context, PROJECTS, RIGHTS_ADMIN, WORKSPACE } from '../read-back/context';
import { roleAt } from '../read-back/enforced';
import { apiKeys } from './api-key';
import { ANSWER, QUESTION } from './asked';
import { type MemberTokens, memberTokens } from './members';

/** Functions that an API calls, and whose role each has. */
const CALLED = {
  [`${WORKSPACE}/Gateway`]: `${WORKSPACE}/Gateway/Gateway`,
  [`${PROJECTS}/Gateway`]: `${PROJECTS}/Gateway/Gateway`,
  [ADMINISTRATION]: ADMINISTRATION,
  [RIGHTS_ADMIN]: RIGHTS_ADMIN,
};

/** Tools of this machine by which functions are unpacked and run. */
export interface Tools {
  readonly node: string;
  readonly python: string;
}

/** The deployed APIs as somebody meets them: who may call them, what answers them, and the model behind, a fake on loopback. */
export class Served {
  private constructor(
    public readonly front: Front,
    public readonly bedrock: LLMock,
    public readonly keys: { readonly valid: string; readonly revoked: string },
    public readonly tokens: MemberTokens,
  ) {}

  public static async start(context: Context, tools: Tools): Promise<Served> {
    const { report, aws, deployed } = context;
    const keys = await report.require(
      'two API keys are made by the role that manages them, one of them is revoked',
      () => apiKeys(context),
    );
    const tokens = await report.require('five people sign in at the user pool, with a code and PKCE', () =>
      memberTokens(context),
    );
    const bedrock = new LLMock({ port: 0, logLevel: 'silent', latency: 100, chunkSize: 8 });
    await bedrock.start();
    bedrock.onMessage(QUESTION, { content: ANSWER });
    const roles = new Map(
      Object.entries(CALLED).map(([under, role]) => [deployed.one('AWS::Lambda::Function', under).physicalId, role]),
    );
    const front = new Front(aws, {
      ...tools,
      identity: (name) => roleAt(context, roles.get(name) ?? ''),
      environment: {
        AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.url,
        AWS_ENDPOINT_URL_COGNITO_IDP: aws.endpoint,
        AWS_ENDPOINT_URL_DYNAMODB: aws.endpoint,
        AWS_ENDPOINT_URL_KMS: aws.endpoint,
        AWS_ENDPOINT_URL_LOGS: aws.endpoint,
        AWS_ENDPOINT_URL_S3: aws.endpoint,
        AWS_ENDPOINT_URL_STATES: aws.endpoint,
      },
    });
    await front.start();
    return new Served(front, bedrock, keys, tokens);
  }

  public async stop(): Promise<void> {
    await this.front.stop();
    await this.bedrock.stop();
  }
}
