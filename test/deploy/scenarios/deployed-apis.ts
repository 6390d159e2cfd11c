import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { LLMock } from '@copilotkit/aimock';
import { ApiGateway } from '../api-gateway/api-gateway';
import type { Runtime } from '../api-gateway/deployed-function';
import { assume } from '../harness/administrator';
import type { Aws, Identity } from '../harness/aws';
import { type Context, PROJECTS } from '../read-back/context';
import { apiKeys } from './api-key';
import { type MemberTokens, memberTokens, type PoolUsers } from './members';
import { ANSWER, QUESTION } from './requests';

/** The tools of this machine that unpack and run functions. */
export interface Tools {
  readonly node: string;
  readonly python: string;
  /** Where the fake model listens. */
  readonly bedrockPort: number;
}

interface KeysOfProject {
  readonly valid: string;
  readonly revoked: string;
}

/** The deployed APIs: the credentials of their callers, the simulated API Gateway, and a fake model on loopback. */
export class DeployedApis {
  private constructor(
    public readonly apiGateway: ApiGateway,
    private readonly another: () => ApiGateway,
    public readonly bedrock: LLMock,
    private readonly keysOfProject: KeysOfProject | undefined,
    public readonly tokens: MemberTokens,
    private readonly identityOf: (functionName: string) => Promise<Identity>,
  ) {}

  /**
   * @param users how the pool's users are named, and whether its groups give them their roles
   * @param preload what is loaded before a function's code
   */
  public static async start(
    context: Context,
    { bedrockPort: port, ...tools }: Tools,
    users: PoolUsers = {},
    preload?: Runtime['preload'],
  ): Promise<DeployedApis> {
    const { report, aws } = context;
    const keys = context.deployed.stacks.includes(PROJECTS.split('/')[0] ?? '')
      ? await report.require('the role that manages API keys creates two, and revokes one of them', () =>
          apiKeys(context),
        )
      : undefined;
    const tokens = await report.require('five users sign in to the user pool, with a code and PKCE', () =>
      memberTokens(context, users),
    );
    const bedrock = new LLMock({ port, logLevel: 'silent', latency: 100, chunkSize: 8 });
    await bedrock.start();
    bedrock.onMessage(QUESTION, { content: ANSWER });
    const identity = (name: string) => identityOf(aws, name);
    const create = () =>
      new ApiGateway(aws, {
        ...tools,
        ...(preload && { preload }),
        identity,
        environment: {
          AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.url,
          AWS_ENDPOINT_URL_COGNITO_IDP: aws.endpoint,
          AWS_ENDPOINT_URL_DYNAMODB: aws.endpoint,
          AWS_ENDPOINT_URL_KMS: aws.endpoint,
          AWS_ENDPOINT_URL_LOGS: aws.endpoint,
          AWS_ENDPOINT_URL_S3: aws.endpoint,
          AWS_ENDPOINT_URL_SECRETS_MANAGER: aws.endpoint,
          AWS_ENDPOINT_URL_STATES: aws.endpoint,
        },
      });
    const apiGateway = create();
    await apiGateway.start();
    return new DeployedApis(apiGateway, create, bedrock, keys, tokens, identity);
  }

  /** The keys of the sample's project. */
  public get keys(): KeysOfProject {
    if (this.keysOfProject === undefined) throw new Error('the deployment has no projects, so there are no keys');
    return this.keysOfProject;
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

  /** Credentials of a function's role, with which Lambda's API of this API Gateway can be called. */
  public async identityIn(apiGateway: ApiGateway, functionName: string): Promise<Identity> {
    const identity = await this.identityOf(functionName);
    apiGateway.invocations.register(identity);
    return identity;
  }

  public async stop(): Promise<void> {
    await this.apiGateway.stop();
    await this.bedrock.stop();
  }
}

/** Credentials of the role that Lambda has for a function. */
async function identityOf(aws: Aws, FunctionName: string): Promise<Identity> {
  const { Role = '' } = await aws.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  return assume(aws, Role.split('/').at(-1) ?? '');
}
