// biome-ignore lint/suspicious/noExplicitAny: templates have no types
export type Json = any;

/** A stack as CloudFormation would deploy it: its template, and where. */
export interface DeployedStack {
  readonly name: string;
  readonly region: string;
  readonly account: string;
  readonly partition: string;
  readonly template: Json;
}

/** The ARN of a resource by its type: the service, and what follows the account. An empty Region or account is left out of the ARN. */
const ARNS: Readonly<
  Record<string, (name: string) => { service: string; resource: string; global?: 'account' | 'all' }>
> = {
  'AWS::IAM::Role': (name) => ({ service: 'iam', resource: `role/${name}`, global: 'account' }),
  'AWS::IAM::ManagedPolicy': (name) => ({ service: 'iam', resource: `policy/${name}`, global: 'account' }),
  'AWS::DynamoDB::GlobalTable': (name) => ({ service: 'dynamodb', resource: `table/${name}` }),
  'AWS::S3::Bucket': (name) => ({ service: 's3', resource: name, global: 'all' }),
  'AWS::KMS::Key': (name) => ({ service: 'kms', resource: `key/${name}` }),
  'AWS::Lambda::Function': (name) => ({ service: 'lambda', resource: `function:${name}` }),
  'AWS::Logs::LogGroup': (name) => ({ service: 'logs', resource: `log-group:${name}:*` }),
  'AWS::Cognito::UserPool': (name) => ({ service: 'cognito-idp', resource: `userpool/${name}` }),
  'AWS::StepFunctions::StateMachine': (name) => ({ service: 'states', resource: `stateMachine:${name}` }),
  'AWS::SNS::Topic': (name) => ({ service: 'sns', resource: name }),
  'AWS::Events::Rule': (name) => ({ service: 'events', resource: `rule/${name}` }),
  // Secrets Manager adds six characters of its own.
  'AWS::SecretsManager::Secret': (name) => ({ service: 'secretsmanager', resource: `secret:${name}-aB3dE6` }),
};

/** The properties in which a resource of a type may have a name of its own. */
const NAMES: Readonly<Record<string, string>> = {
  'AWS::IAM::Role': 'RoleName',
  'AWS::DynamoDB::GlobalTable': 'TableName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::StepFunctions::StateMachine': 'StateMachineName',
  'AWS::SecretsManager::Secret': 'Name',
};

/** Types whose `Ref` is their ARN. */
const REF_IS_ARN = [
  'AWS::IAM::ManagedPolicy',
  'AWS::SecretsManager::Secret',
  'AWS::StepFunctions::StateMachine',
  'AWS::SNS::Topic',
];

/** Replaces the intrinsic functions of templates by the names and ARNs that a deployment would have. */
export class Physical {
  constructor(private readonly stacks: readonly DeployedStack[]) {}

  /** A value of a stack's template. @throws for an intrinsic function that isn't known here */
  public resolve(value: Json, stack: DeployedStack): Json {
    if (Array.isArray(value)) return value.map((one) => this.resolve(one, stack));
    if (typeof value !== 'object' || value === null) return value;
    const [[name, given] = ['', undefined], ...others] = Object.entries<Json>(value);
    if (others.length === 0 && (name === 'Ref' || name.startsWith('Fn::'))) return this.intrinsic(name, given, stack);
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, this.resolve(one, stack)]));
  }

  /** The ARN of a resource. */
  public arn(stack: DeployedStack, id: string): string {
    const { Type } = stack.template.Resources[id];
    const form = ARNS[Type];
    if (form === undefined) throw new Error(`no ARN is known for the type ${Type}; add it to ARNS`);
    const { service, resource, global } = form(this.name(stack, id));
    const region = global === undefined ? stack.region : '';
    return `arn:${stack.partition}:${service}:${region}:${global === 'all' ? '' : stack.account}:${resource}`;
  }

  private name(stack: DeployedStack, id: string): string {
    const { Type, Properties = {} } = stack.template.Resources[id];
    const own = Properties[NAMES[Type] ?? ''];
    if (own !== undefined) return this.resolve(own, stack);
    const name = `${stack.name}-${id}`;
    return Type === 'AWS::S3::Bucket' ? name.toLowerCase() : name;
  }

  private intrinsic(name: string, given: Json, stack: DeployedStack): Json {
    switch (name) {
      case 'Ref':
        return this.reference(given, stack);
      case 'Fn::GetAtt':
        return this.attribute(given[0], given[1], stack);
      case 'Fn::Join':
        return this.resolve(given[1], stack).join(given[0]);
      case 'Fn::Select':
        return this.resolve(given[1], stack)[Number(given[0])];
      case 'Fn::Split':
        return this.resolve(given[1], stack).split(given[0]);
      case 'Fn::Sub':
        if (typeof given !== 'string') throw new Error("Fn::Sub with a list isn't known; add it to Physical");
        return given.replace(/\$\{([\w:]+)\}/g, (_, id: string) => this.reference(id, stack));
      case 'Fn::ImportValue':
        return this.exported(this.resolve(given, stack));
      case 'Fn::GetStackOutput':
        return this.output(given, stack);
      default:
        throw new Error(`the intrinsic function ${name} isn't known; add it to Physical`);
    }
  }

  private reference(id: string, stack: DeployedStack): Json {
    const pseudo: Record<string, string> = {
      'AWS::AccountId': stack.account,
      'AWS::Region': stack.region,
      'AWS::Partition': stack.partition,
      'AWS::StackName': stack.name,
      'AWS::URLSuffix': stack.partition === 'aws-eusc' ? 'amazonaws.eu' : 'amazonaws.com',
      'AWS::NoValue': '',
    };
    if (id in pseudo) return pseudo[id];
    const resource = stack.template.Resources[id];
    if (resource === undefined) return stack.template.Parameters?.[id]?.Default ?? `parameter-${id}`;
    return REF_IS_ARN.includes(resource.Type) ? this.arn(stack, id) : this.name(stack, id);
  }

  private attribute(id: string, attribute: string, stack: DeployedStack): string {
    const { Type } = stack.template.Resources[id];
    if (attribute === 'Arn' && Type in ARNS) return this.arn(stack, id);
    if (attribute === 'StreamArn') return `${this.arn(stack, id)}/stream/label`;
    return `${this.name(stack, id)}.${attribute}`;
  }

  private exported(name: string): Json {
    for (const stack of this.stacks) {
      for (const { Export, Value } of Object.values<Json>(stack.template.Outputs ?? {})) {
        if (Export !== undefined && this.resolve(Export.Name, stack) === name) return this.resolve(Value, stack);
      }
    }
    throw new Error(`no stack exports ${name}`);
  }

  private output({ StackName, OutputName }: Json, from: DeployedStack): Json {
    const stack = this.stacks.find(({ name }) => name === this.resolve(StackName, from));
    if (stack === undefined) throw new Error(`no stack has the name of an output's stack`);
    return this.resolve(stack.template.Outputs[OutputName].Value, stack);
  }
}
