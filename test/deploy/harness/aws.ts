import { ACMClient } from '@aws-sdk/client-acm';
import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { ApiGatewayV2Client } from '@aws-sdk/client-apigatewayv2';
import { BedrockClient } from '@aws-sdk/client-bedrock';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { IAMClient } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { STSClient } from '@aws-sdk/client-sts';
import { WAFV2Client } from '@aws-sdk/client-wafv2';
import { ACCOUNT } from './emulator';
import { regionOf } from './region';

/** The credentials of a caller. */
export interface Identity {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** The account's root. The emulator refuses it only what a resource's own policy denies to every principal. */
const ROOT: Identity = { accessKeyId: ACCOUNT, secretAccessKey: 'test' };

/** The SDK's clients for one Region. All of them call one endpoint, the emulator's; without one, they call AWS. */
export class Aws {
  public readonly acm: ACMClient;
  public readonly apiGateway: APIGatewayClient;
  public readonly apiGatewayV2: ApiGatewayV2Client;
  public readonly bedrock: BedrockClient;
  public readonly cloudFormation: CloudFormationClient;
  public readonly cloudTrail: CloudTrailClient;
  public readonly cloudWatch: CloudWatchClient;
  public readonly cognito: CognitoIdentityProviderClient;
  public readonly dynamodb: DynamoDBClient;
  public readonly ec2: EC2Client;
  public readonly events: EventBridgeClient;
  public readonly iam: IAMClient;
  public readonly kms: KMSClient;
  public readonly lambda: LambdaClient;
  public readonly logs: CloudWatchLogsClient;
  public readonly s3: S3Client;
  public readonly sfn: SFNClient;
  public readonly sns: SNSClient;
  public readonly sts: STSClient;
  public readonly waf: WAFV2Client;

  constructor(
    public readonly endpoint: string,
    public readonly region: string,
    public readonly identity: Identity = ROOT,
  ) {
    // In an account, the SDK finds the credentials of the caller itself.
    const config = endpoint === '' ? { region } : { region, endpoint, credentials: identity, maxAttempts: 1 };
    this.acm = new ACMClient(config);
    this.apiGateway = new APIGatewayClient(config);
    this.apiGatewayV2 = new ApiGatewayV2Client(config);
    this.bedrock = new BedrockClient(config);
    this.cloudFormation = new CloudFormationClient(config);
    this.cloudTrail = new CloudTrailClient(config);
    this.cloudWatch = new CloudWatchClient(config);
    this.cognito = new CognitoIdentityProviderClient(config);
    this.dynamodb = new DynamoDBClient(config);
    this.ec2 = new EC2Client(config);
    this.events = new EventBridgeClient(config);
    this.iam = new IAMClient(config);
    this.kms = new KMSClient(config);
    this.lambda = new LambdaClient(config);
    this.logs = new CloudWatchLogsClient(config);
    this.s3 = new S3Client({ ...config, forcePathStyle: endpoint !== '' });
    this.sfn = new SFNClient(config);
    this.sns = new SNSClient(config);
    this.sts = new STSClient(config);
    this.waf = new WAFV2Client(config);
  }

  /** The partition of the Region, as ARNs name it. */
  public get partition(): string {
    return regionOf(this.region).partition;
  }
}
