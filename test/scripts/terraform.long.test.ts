import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installedSchema, sourceOf, TERRAFORM_TYPES_SOURCE } from '@/scripts/terraform';
import { movesBetween } from '@/scripts/terraform/match-paths';
import { namesake } from '@/scripts/terraform/match-types';
import { providerSchema } from '@/scripts/terraform/provider-schema';

test('the generator writes the table, where the bindings of the provider are installed', () => {
  const schema = installedSchema();
  const source = readFileSync(TERRAFORM_TYPES_SOURCE, 'utf8');
  expect(schema === undefined ? source : sourceOf(schema)).toBe(source);
});

test('the attributes of a type are read from its bindings', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'bindings-'));
  mkdirSync(path.join(folder, 'queue'));
  writeFileSync(
    path.join(folder, 'queue/index.js'),
    `function queueRuleToTerraform(struct) {
    return {
        bucket: cdktf.stringToTerraform(struct.bucket),
    };
}
Queue.tfResourceType = "aws_queue";
    synthesizeAttributes() {
        return {
            name: cdktf.stringToTerraform(this._name),
            tags: cdktf.hashMapper(cdktf.stringToTerraform)(this._tags),
            rule: cdktf.listMapper(queueRuleToTerraform, true)(this._rule.internalValue),
            first: queueRuleToTerraform(this._first.internalValue),
        };
    }
`,
  );
  expect(providerSchema(folder)).toEqual(
    new Map([['aws_queue', ['/name', '/tags/*', '/rule/*/bucket', '/first/0/bucket']]]),
  );
});

test.each([
  ['aws_sqs_queue', 'SQS::Queue'],
  ['aws_lb_target_group', 'ElasticLoadBalancingV2::TargetGroup'],
  ['aws_sfn_state_machine', 'StepFunctions::StateMachine'],
  ['aws_sqs_unheard_of', undefined],
  ['aws_verifiedaccess_instance', 'EC2::VerifiedAccessInstance'],
  ['aws_instance', 'EC2::Instance'],
])('%s is named after %s', (type, name) => {
  const services = new Map([
    ['SQS', ['Queue']],
    ['ElasticLoadBalancingV2', ['TargetGroup']],
    ['StepFunctions', ['StateMachine']],
    ['EC2', ['Instance', 'VerifiedAccessInstance']],
  ]);
  expect(namesake(type, services)).toBe(name);
});

test('attributes move to the properties with the same words, once each', () => {
  const attributes = ['/rule/*/destination/0/bucket', '/rule/*/id', '/allowed_oauth_flows/*', '/role'];
  const properties = ['/Rules/*/Destination/Bucket', '/AllowedOAuthFlows/*', '/Unrelated/Thing'];
  expect(movesBetween(attributes, properties)).toEqual([
    { from: '/allowed_oauth_flows/*', to: '/AllowedOAuthFlows/*' },
    { from: '/rule/*/destination/0/bucket', to: '/Rules/*/Destination/Bucket' },
  ]);
});

test('a block of the framework is a list in the bindings, but one object among the properties', () => {
  const attributes = ['/export/*/target/*/s3_bucket', '/node/*/setting/*/model_id', '/names/*'];
  const properties = ['/Export/Target/S3Bucket', '/Nodes/*/Setting/ModelId', '/Name'];
  expect(movesBetween(attributes, properties)).toEqual([
    { from: '/export/0/target/0/s3_bucket', to: '/Export/Target/S3Bucket' },
    { from: '/node/*/setting/0/model_id', to: '/Nodes/*/Setting/ModelId' },
  ]);
});
