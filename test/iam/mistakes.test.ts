import { ABSENT } from './calls/row';
import { installEvaluator } from './evaluator/evaluator';
import type { Call } from './support/call';
import { type Deployed, deployed, withMistake } from './support/deployed';
import { check } from './support/findings';
import { listOf } from './support/pattern';
import type { Json } from './support/physical';
import type { VariantName } from './support/variants';

jest.setTimeout(60_000);

const variants = new Map<VariantName, Deployed>();
beforeAll(() => {
  installEvaluator();
  for (const variant of ['sample', 'recovery', 'egress'] as const) variants.set(variant, deployed(variant));
});

/** Statements of a resource's policy that allow an action. */
const statements = (resource: Json, action: string): Json[] => {
  const { PolicyDocument, KeyPolicy } = resource.Properties;
  const found =
    (PolicyDocument ?? KeyPolicy)?.Statement?.filter(({ Action }: Json) => listOf(Action).includes(action)) ?? [];
  if (found.length === 0) throw new Error(`no statement allows ${action}`);
  return found;
};

const without = (action: string) => (resource: Json) => {
  for (const one of statements(resource, action)) {
    one.Action = listOf<string>(one.Action).filter((other) => other !== action);
    if (one.Action.length === 0) one.Action = 'dynamodb:ListBackups';
  }
};

const GATEWAY = 'sciences/Workspace/Gateway/Gateway/Role/DefaultPolicy/';
const ADMIN = 'sciences/Workspace/Rights/Admin/Role/DefaultPolicy/';

interface Mistake {
  readonly variant?: VariantName;
  /** The functions that are checked. */
  readonly only: RegExp;
  readonly path: string;
  readonly plant: Parameters<typeof withMistake>[2];
  readonly found: RegExp;
}

const MISTAKES: Readonly<Record<string, Mistake>> = {
  'a gateway that may call the egress function as both kinds of tenant': {
    variant: 'egress',
    only: /Projects\/Gateway/,
    path: 'projects/Projects/Gateway/Gateway/Role/DefaultPolicy/',
    plant: (resource) => {
      for (const one of statements(resource, 'lambda:InvokeFunction')) one.Resource = '*';
    },
    found: /lambda:InvokeFunction on .*:exemple-egress:workspaces from outside .* is allowed/,
  },
  'an egress network without an endpoint of Secrets Manager': {
    variant: 'egress',
    only: /Egress\/Function/,
    path: 'Secrets/Resource/Resource',
    plant: (_, { Resources }, id) => delete Resources[id],
    found: /secretsmanager:GetSecretValue .* from inside .* is denied/,
  },
  "a key of secrets that doesn't know the function": {
    variant: 'egress',
    only: /Egress\/Function/,
    path: 'Egress/Keys/Key/Resource',
    plant: (resource) => {
      resource.Properties.KeyPolicy.Statement = resource.Properties.KeyPolicy.Statement.slice(0, 2);
    },
    found: /kms:Decrypt .* \(Secrets Manager for egress\/secrets-client.ts\) is denied/,
  },
  'a missing endpoint': {
    only: /Workspace\/Gateway/,
    path: '/Endpoints/Kms/Resource',
    plant: (_, { Resources }, id) => delete Resources[id],
    found: /kms:Decrypt .* from inside .* is denied/,
  },
  'an endpoint that lacks an action': {
    only: /Rights\/Eraser/,
    path: '/Endpoints/DynamoDb/Resource',
    plant: without('dynamodb:BatchGetItem'),
    found: /dynamodb:BatchGetItem .* from inside .* is denied/,
  },
  "an endpoint of another account's": {
    only: /Workspace\/Gateway/,
    path: '/Endpoints/S3/Resource',
    plant: (resource) => {
      statements(resource, 's3:GetObject')[0].Condition.StringEquals['aws:ResourceAccount'] = '444455556666';
    },
    found: /s3:GetObject .* from inside .* is denied/,
  },
  'a missing permission of a role': {
    only: /Workspace\/Gateway/,
    path: GATEWAY,
    plant: without('dynamodb:Query'),
    found: /dynamodb:Query .* from outside .* is denied/,
  },
  'a missing grant in the policy of a key': {
    only: /Workspace\/Gateway/,
    path: 'sciences/Workspace/Key/Resource',
    plant: without('kms:GenerateDataKeyWithoutPlaintext'),
    found: /kms:GenerateDataKeyWithoutPlaintext .* is denied/,
  },
  'a condition on another service': {
    only: /Workspace\/Gateway/,
    path: GATEWAY,
    plant: (resource) => {
      for (const { Condition } of statements(resource, 'kms:GenerateDataKey')) {
        Condition.StringEquals['kms:ViaService'] = ['sns.eu-central-1.amazonaws.com'];
      }
    },
    found: /kms:GenerateDataKey .*S3 for.* is denied/,
  },
  'a condition that is missing': {
    only: /Rights\/Admin/,
    path: ADMIN,
    plant: (resource) => {
      for (const one of statements(resource, 'dynamodb:DeleteItem')) delete one.Condition;
    },
    found: /dynamodb:DeleteItem .* is allowed with another value of dynamodb:LeadingKeys/,
  },
  'a partition of other functions': {
    only: /Rights\/Admin/,
    path: ADMIN,
    plant: (resource) => {
      statements(resource, 'dynamodb:DeleteItem')[0].Condition['ForAllValues:StringLike']['dynamodb:LeadingKeys'].push(
        'user#*',
      );
    },
    found: /dynamodb:DeleteItem .* is allowed, and only other functions need it/,
  },
  'an action too many': {
    only: /Rights\/Admin/,
    path: ADMIN,
    plant: (resource) => statements(resource, 'dynamodb:DeleteItem')[0].Action.push('dynamodb:Scan'),
    found: /allows dynamodb:Scan .* no call needs it/,
  },
  'all actions of a service': {
    only: /Workspace\/Gateway/,
    path: GATEWAY,
    plant: (resource) => {
      statements(resource, 's3:GetObject')[0].Action = 's3:*';
    },
    found: /allows s3:\* .* no call needs it/,
  },
  'a resource that is too wide': {
    only: /Projects\/Gateway/,
    path: 'projects/Projects/Gateway/Gateway/Role/DefaultPolicy/',
    plant: (resource) => {
      for (const one of statements(resource, 'dynamodb:UpdateItem')) one.Resource = '*';
    },
    found: /allows dynamodb:UpdateItem on \*, and no call needs it/,
  },
  'a model in a Region outside the boundary': {
    only: /Projects\/Gateway/,
    path: 'projects/Projects/Gateway/Gateway/Role/DefaultPolicy/',
    plant: (resource) => {
      const [one] = statements(resource, 'bedrock:InvokeModel');
      one.Resource = [
        ...listOf<Json>(one.Resource),
        'arn:aws:bedrock:us-east-1::foundation-model/openai.gpt-oss-120b-1:0',
      ];
    },
    found: /allows bedrock:InvokeModel on arn:aws:bedrock:us-east-1.* no call needs it/,
  },
  'a deny that meets the function itself': {
    only: /Members\/Administration/,
    path: 'Administration/Suspensions/Table/Resource',
    plant: ({ Properties }) => {
      for (const one of Properties.Replicas[0].ResourcePolicy.PolicyDocument.Statement) delete one.Condition;
    },
    found: /dynamodb:UpdateItem .* is denied/,
  },
  'a permissions boundary that is too narrow': {
    only: /Rights\/Admin/,
    path: 'sciences/Workspace/Rights/Admin/Role/Resource',
    plant: ({ Properties }, { Resources }) => {
      const Statement = [{ Effect: 'Allow', Action: 'dynamodb:*', Resource: '*' }];
      Resources.Limit = {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: { PolicyDocument: { Version: '2012-10-17', Statement } },
      };
      Properties.PermissionsBoundary = { Ref: 'Limit' };
    },
    found: /states:StartExecution .* is denied/,
  },
  'a key that the whole account may use': {
    only: /Rights\/Closer/,
    path: 'sciences/Workspace/Key/Resource',
    plant: (resource) => {
      for (const one of statements(resource, 'kms:ScheduleKeyDeletion')) one.Action.push('kms:Decrypt');
    },
    found: /Key for the account allows kms:Decrypt /,
  },
  "a copy's key without the eraser": {
    variant: 'recovery',
    only: /Rights\/RecoveryEraser/,
    path: 'recovery-workspace-sciences/Replica/Key/Resource',
    plant: without('kms:Encrypt'),
    found: /kms:Encrypt on arn:aws:kms:eu-west-1.* is denied/,
  },
};

test.each(Object.entries(MISTAKES))('%s is found', (_, { variant = 'sample', only, path, plant, found }) => {
  const { account, calls } = withMistake(variants.get(variant) as Deployed, path, plant);
  expect(check(account, calls, only).findings).toContainEqual(expect.stringMatching(found));
});

describe('a row', () => {
  const findingsOf = (change: (call: Call) => Call): readonly string[] => {
    const { account, calls } = variants.get('sample') as Deployed;
    return check(account, calls.map(change), /Rights\/Tend/).findings;
  };

  test('that leaves a condition key of a reached statement unset is a finding', () => {
    const findings = findingsOf((call) => (call.action === 'dynamodb:PutItem' ? { ...call, context: {} } : call));
    expect(findings).toContainEqual(
      expect.stringMatching(/condition key dynamodb:LeadingKeys; set it in the row, or ABSENT/),
    );
  });

  test('may say that a request lacks the key', () => {
    const context = { 'dynamodb:LeadingKeys': ABSENT } as const;
    const findings = findingsOf((call) => (call.action === 'dynamodb:PutItem' ? { ...call, context } : call));
    expect(findings.filter((one) => one.includes('set it in the row'))).toEqual([]);
  });
});

test('a role with a policy that is not in the templates is refused', () => {
  const plant = ({ Properties }: Json) => {
    Properties.ManagedPolicyArns = ['arn:aws:iam::aws:policy/AdministratorAccess'];
  };
  const mistake = () => withMistake(variants.get('sample') as Deployed, 'Rights/Tend/Role/Resource', plant);
  expect(mistake).toThrow(/Tend\/Role: has the policy .*, which isn't in the templates; write it out$/);
});

test('a function whose calls are not listed is refused', () => {
  const plant = ({ Properties }: Json) => {
    Properties.Environment.Variables.UPKEEP_FUNCTION = 'other';
  };
  const mistake = () => withMistake(variants.get('sample') as Deployed, 'Rights/Tend/Function/Resource', plant);
  expect(mistake).toThrow(/Tend\/Function: its calls aren't listed; add them to test\/iam\/calls$/);
});
