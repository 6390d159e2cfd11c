import { writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  Aspects,
  Aws,
  attachCustomSynthesis,
  CfnCondition,
  CfnParameter,
  CfnResource,
  Fn,
  Lazy,
  NestedStack,
  Stack,
  Stage,
} from 'aws-cdk-lib';
import { CfnGlobalTable } from 'aws-cdk-lib/aws-dynamodb';
import { Bucket, type CfnBucket } from 'aws-cdk-lib/aws-s3';
import { ArtifactType } from 'aws-cdk-lib/cloud-assembly-schema';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId } from 'aws-cdk-lib/custom-resources';
import { Construct, type IConstruct } from 'constructs';
import { freshFolder } from './fresh-folder';

/** A table with a replica in a Region. */
export const table = (stack: Stack, region: string) =>
  new CfnGlobalTable(stack, 'Table', {
    attributeDefinitions: [{ attributeName: 'pk', attributeType: 'S' }],
    keySchema: [{ attributeName: 'pk', keyType: 'HASH' }],
    replicas: [{ region: 'eu-central-1' }, { region }],
  });
/** The same, with its Region overridden afterwards. */
export const override = (stack: Stack, region: unknown) =>
  table(stack, 'eu-west-1').addPropertyOverride('Replicas.1.Region', region);

/** Ways in which an app can take data outside the boundary, each of which bypasses some other kind of guard. Each fills a stack in Frankfurt. */
export const BYPASSES: readonly [string, (stack: Stack) => void][] = [
  ['a plain property', (stack) => table(stack, 'us-east-1')],
  ['a lazy value', (stack) => table(stack, Lazy.string({ produce: () => 'us-east-1' }))],
  ['a joined value', (stack) => table(stack, Fn.join('-', ['us', 'east', '1']))],
  ['a substituted value', (stack) => table(stack, Fn.sub('us-${Side}-1', { Side: 'east' }))],
  ['addPropertyOverride', (stack) => override(stack, 'us-east-1')],
  ['addOverride', (stack) => table(stack, 'eu-west-1').addOverride('Properties.Replicas.1.Region', 'us-east-1')],
  [
    'a raw resource',
    (stack) =>
      new CfnResource(stack, 'Raw', {
        type: 'AWS::DynamoDB::GlobalTable',
        properties: { Replicas: [{ Region: 'us-east-1' }] },
      }),
  ],
  [
    'an override of the type',
    (stack) => {
      const raw = new CfnResource(stack, 'Raw', {
        type: 'AWS::SQS::Queue',
        properties: { Replicas: [{ Region: 'us-east-1' }] },
      });
      raw.addOverride('Type', 'AWS::DynamoDB::GlobalTable');
    },
  ],
  [
    'an included template',
    (stack) => {
      const templateFile = path.join(freshFolder(), 'included.json');
      writeFileSync(
        templateFile,
        JSON.stringify({
          Resources: { T: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas: [{ Region: 'us-east-1' }] } } },
        }),
      );
      new CfnInclude(stack, 'Included', { templateFile });
    },
  ],
  [
    'one branch of a condition',
    (stack) => {
      const parameter = new CfnParameter(stack, 'Side', { default: 'inside' });
      const condition = new CfnCondition(stack, 'Away', {
        expression: Fn.conditionEquals(parameter.valueAsString, 'outside'),
      });
      override(stack, Fn.conditionIf(condition.logicalId, 'us-east-1', 'eu-west-1'));
    },
  ],
  [
    'the default of a parameter',
    (stack) => override(stack, new CfnParameter(stack, 'Where', { default: 'us-east-1' }).valueAsString),
  ],
  ['a macro for the template', (stack) => stack.addTransform('Macro')],
  ['a macro in a property', (stack) => override(stack, { 'Fn::Transform': { Name: 'Macro' } })],
  ['a nested stack', (stack) => table(new NestedStack(stack, 'Nested'), 'us-east-1')],
  [
    'a late Aspect',
    (stack) => {
      table(stack, 'eu-west-1');
      const visit = (node: IConstruct) =>
        node instanceof CfnGlobalTable && node.addPropertyOverride('Replicas.1.Region', 'us-east-1');
      Aspects.of(stack).add({ visit });
    },
  ],
  [
    'a bucket replica by override',
    (stack) =>
      (new Bucket(stack, 'B').node.defaultChild as CfnBucket).addPropertyOverride('ReplicationConfiguration.Rules', [
        { Destination: { Bucket: 'arn:aws:s3:::copy-us-east-1' } },
      ]),
  ],
  [
    "a Region within a custom resource's text",
    (stack) =>
      new AwsCustomResource(stack, 'Call', {
        onCreate: {
          service: 'S3',
          action: 'listBuckets',
          region: 'us-east-1',
          physicalResourceId: PhysicalResourceId.of('x'),
        },
        policy: AwsCustomResourcePolicy.fromSdkCalls({ resources: ['arn:aws:s3:::logs'] }),
        installLatestAwsSdk: false,
      }),
  ],
  ['a value that something absent is joined to', (stack) => override(stack, Fn.join('-', ['us-east-1', Aws.NO_VALUE]))],
  [
    'a stack that only the manifest has',
    (stack) =>
      attachCustomSynthesis(new Construct(stack.node.root, 'Hidden'), {
        onSynthesize: (session) => {
          writeFileSync(path.join(session.outdir, 'hidden.json'), '{"Resources":{}}');
          session.assembly.addArtifact('Hidden', {
            type: ArtifactType.AWS_CLOUDFORMATION_STACK,
            environment: 'aws://unknown-account/us-east-1',
            properties: { templateFile: 'hidden.json' },
          });
        },
      }),
  ],
  [
    'a stack that names a different Region from its deploy Region',
    (stack) => {
      const elsewhere = new Stack(stack.node.root, 'Disguised', { env: { region: 'us-east-1' } });
      Object.defineProperty(elsewhere, 'region', { value: 'eu-central-1' });
    },
  ],
  ['a stack elsewhere', (stack) => new Stack(stack.node.root, 'Edge', { env: { region: 'us-east-1' } })],
  ['a stack in London', (stack) => new Stack(stack.node.root, 'London', { env: { region: 'eu-west-2' } })],
  ['a stack without Region', (stack) => new Stack(stack.node.root, 'Anywhere')],
  [
    'a stack elsewhere in a Stage',
    (stack) => new Stack(new Stage(stack.node.root, 'Prod'), 'Us', { env: { region: 'us-east-1' } }),
  ],
  [
    'a resource in a Stage',
    (stack) =>
      table(new Stack(new Stage(stack.node.root, 'Prod'), 'Eu', { env: { region: 'eu-west-1' } }), 'us-east-1'),
  ],
];
