import { LLMock } from '@copilotkit/aimock';
import { ApiGateway } from '../api-gateway/api-gateway';
import { ADMINISTRATION, type Context, PROJECTS, RIGHTS_ADMIN, WORKSPACE } from '../read-back/context';
import { roleAt } from '../read-back/refused-calls';
import { apiKeys } from './api-key';
import { type MemberTokens, memberTokens } from './members';
import { ANSWER, QUESTION } from './requests';

/** The functions that an API calls, each with the construct of its role. */
const ROLES = {
  [`${WORKSPACE}/Gateway`]: `${WORKSPACE}/Gateway/Gateway`,
  [`${PROJECTS}/Gateway`]: `${PROJECTS}/Gateway/Gateway`,
  [ADMINISTRATION]: ADMINISTRATION,
  [RIGHTS_ADMIN]: RIGHTS_ADMIN,
};

/** The tools of this machine that unpack and run functions. */
export interface Tools {
  readonly node: string;
  readonly python: string;
}

/** The deployed APIs: the credentials of their callers, the simulated API Gateway, and a fake model on loopback. */
export class DeployedApis {
  private constructor(
    public readonly apiGateway: ApiGateway,
    private readonly another: () => ApiGateway,
    public readonly bedrock: LLMock,
    public readonly keys: { readonly valid: string; readonly revoked: string },
    public readonly tokens: MemberTokens,
  ) {}

  public static async start(context: Context, tools: Tools): Promise<DeployedApis> {
    const { report, aws, deployed } = context;
    const keys = await report.require('the role that manages API keys creates two, and revokes one of them', () =>
      apiKeys(context),
    );
    const tokens = await report.require('five users sign in to the user pool, with a code and PKCE', () =>
      memberTokens(context),
    );
    const bedrock = new LLMock({ port: 0, logLevel: 'silent', latency: 100, chunkSize: 8 });
    await bedrock.start();
    bedrock.onMessage(QUESTION, { content: ANSWER });
    const roles = new Map(
      Object.entries(ROLES).map(([under, role]) => [deployed.one('AWS::Lambda::Function', under).physicalId, role]),
    );
    const create = () =>
      new ApiGateway(aws, {
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
    const apiGateway = create();
    await apiGateway.start();
    return new DeployedApis(apiGateway, create, bedrock, keys, tokens);
  }

  /** The same APIs, served by processes of their own until `act` ends. */
  public async inOtherProcesses(act: (apiGateway: ApiGateway) => Promise<void>): Promise<void> {
    const apiGateway = this.another();
    await apiGateway.start();
    try {
      await act(apiGateway);
    } finally {
      await apiGateway.stop();
    }
  }

  public async stop(): Promise<void> {
    await this.apiGateway.stop();
    await this.bedrock.stop();
  }
}
