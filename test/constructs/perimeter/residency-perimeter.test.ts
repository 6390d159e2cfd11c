import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { App, CfnResource, NestedStack, RemovalPolicy, Stack, Stage } from 'aws-cdk-lib/core';
import * as pipelines from 'aws-cdk-lib/pipelines';
import type { IConstruct } from 'constructs';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { ResidencyPerimeter } from '@/lib/constructs/perimeter/residency-perimeter';
import { boundaryPolicyName } from '@/lib/contract/perimeter';
import { ResidencyApp } from '@/lib/guard/cdk/residency-app';
import { boundaryArns } from '@/lib/perimeter/organization/principals';
import type { PerimeterScope } from '@/lib/perimeter/organization/scope';
import { PerimeterStack } from '@/lib/stacks/perimeter-stack';

const env = { account: '111122223333', region: 'eu-central-1' };
const lambda = new iam.ServicePrincipal('lambda.amazonaws.com');
const addRole = (scope: IConstruct, id = 'Role') => new iam.Role(scope as Stack, id, { assumedBy: lambda });
const NARROWER = 'arn:aws:iam::111122223333:policy/narrower';
const ARN = 'arn:aws:iam::111122223333:policy/eu-residency-boundary';

const boundariesOf = (stack: Stack) =>
  ['AWS::IAM::Role', 'AWS::IAM::User'].flatMap((type) =>
    Object.values(Template.fromStack(stack).findResources(type)).map(
      ({ Properties }) => Properties.PermissionsBoundary,
    ),
  );
const written = (value: unknown) => JSON.stringify(value).replace('{"Ref":"AWS::Partition"}', '"aws"');

test('every role and user has the boundary, also those that CDK creates for custom resources', () => {
  const stack = new Stack(new App(), 'Test', { env });
  ResidencyPerimeter.of(stack).apply();
  addRole(stack);
  new iam.User(stack, 'User');
  new CfnResource(stack, 'Raw', { type: 'AWS::IAM::Role', properties: { AssumeRolePolicyDocument: {} } });
  new s3.Bucket(stack, 'Bucket', { autoDeleteObjects: true, removalPolicy: RemovalPolicy.DESTROY });
  const found = boundariesOf(stack);
  expect(found).toHaveLength(4);
  for (const boundary of found) expect(written(boundary)).toContain(':iam::111122223333:policy/eu-residency-boundary');
});

test('nested stacks and Stages have it, whether they were added before or after', () => {
  const app = new App();
  const stage = (id: string) => {
    const own = new Stage(app, id, { env });
    const stack = new Stack(own, 'Stack');
    const nested = new NestedStack(stack, 'Nested');
    addRole(nested);
    const inner = new Stack(new Stage(own, 'Inner', { env }), 'Stack');
    addRole(stack);
    addRole(inner);
    return [stack, nested, inner];
  };
  const before = stage('Before');
  ResidencyPerimeter.of(app).apply('exemple-residency-boundary');
  const after = stage('After');
  app.synth();
  for (const stack of [...before, ...after]) {
    expect(boundariesOf(stack).map(written)).toEqual([expect.stringContaining('policy/exemple-residency-boundary')]);
  }
});

describe('a Stage that is synthesized before the app', () => {
  const stageOf = (app: App, id = 'Stage') => {
    const stage = new Stage(app, id, { env });
    const stack = new Stack(stage, 'Stack');
    addRole(stack);
    return { stage, stack };
  };
  const pipelineOf = (app: App) => {
    const stack = new Stack(app, 'Pipeline', { env });
    const source = pipelines.CodePipelineSource.s3(s3.Bucket.fromBucketName(stack, 'Source', 'source'), 'a.zip');
    return new pipelines.CodePipeline(stack, 'Pipeline', {
      synth: new pipelines.ShellStep('Synth', { input: source, commands: ['npx cdk synth'] }),
    });
  };

  test('has it if it was there before, or has a perimeter of its own', () => {
    const app = new App();
    const pipeline = pipelineOf(app);
    const first = stageOf(app);
    ResidencyPerimeter.of(app).apply();
    const second = stageOf(app, 'Second');
    ResidencyPerimeter.of(second.stage).apply();
    for (const { stage } of [first, second]) pipeline.addStage(stage);
    app.synth();
    for (const { stack } of [first, second])
      expect(boundariesOf(stack).map(written)).toEqual([expect.stringContaining('policy/eu-residency-boundary')]);
  });

  test('fails the synthesis of the app if its roles lack it, with what to call', () => {
    const app = new App();
    ResidencyPerimeter.of(app).apply();
    pipelineOf(app).addStage(stageOf(app).stage);
    expect(() => app.synth()).toThrow(
      "Stage: the Stage was synthesized before its roles got the permissions boundary 'eu-residency-boundary', as 'addStage' of CDK " +
        "Pipelines does at once; got none on 'Stage/Stack/Role/Resource': call 'ResidencyPerimeter.of(stage).apply()' on this Stage first",
    );
  });

  test('is refused at once by apply()', () => {
    const app = new App();
    stageOf(app).stage.synth();
    expect(() => ResidencyPerimeter.of(app).apply()).toThrow('the Stage was synthesized before its roles got');
  });

  test.each<[string, (stage: Stage, stack: Stack) => void]>([
    [
      'one of its own',
      (_, stack) => {
        const role = stack.node.findChild('Role').node.defaultChild as iam.CfnRole;
        role.permissionsBoundary = NARROWER;
      },
    ],
    ['that of another perimeter', (stage) => ResidencyPerimeter.of(stage).apply('other-residency-boundary')],
  ])('is refused if its role has another boundary: %s', (_, change) => {
    const app = new App();
    const { stage, stack } = stageOf(app);
    change(stage, stack);
    stage.synth();
    expect(() => ResidencyPerimeter.of(app).apply('exemple-residency-boundary')).toThrow(
      "got another on 'Stage/Stack/Role/Resource': remove that, and call " +
        "'ResidencyPerimeter.of(stage).apply('exemple-residency-boundary')' on this Stage first",
    );
  });

  test('that has the boundary already is accepted', () => {
    const app = new App();
    const { stage } = stageOf(app);
    ResidencyPerimeter.of(stage).apply();
    stage.synth();
    ResidencyPerimeter.of(app).apply();
  });

  test('without roles is no error', () => {
    const app = new App();
    ResidencyPerimeter.of(app).apply();
    const stage = new Stage(app, 'Stage', { env });
    new s3.Bucket(new Stack(stage, 'Stack'), 'Bucket');
    stage.synth();
    app.synth();
  });
});

test('other scopes have no boundary', () => {
  const app = new App();
  const [capped, other] = ['Capped', 'Other'].map((id) => new Stack(app, id, { env })) as [Stack, Stack];
  ResidencyPerimeter.of(capped).apply();
  addRole(capped);
  addRole(other);
  expect([...boundariesOf(capped), ...boundariesOf(other)].map((one) => one !== undefined)).toEqual([true, false]);
});

test('a role keeps another boundary, which is an error', () => {
  const stack = new Stack(new App(), 'Test', { env });
  const own = iam.ManagedPolicy.fromManagedPolicyArn(stack, 'Own', 'arn:aws:iam::111122223333:policy/own');
  new iam.Role(stack, 'Role', { assumedBy: lambda, permissionsBoundary: own });
  new iam.Role(stack, 'Same', {
    assumedBy: lambda,
    permissionsBoundary: iam.ManagedPolicy.fromManagedPolicyName(stack, 'Named', 'eu-residency-boundary'),
  });
  ResidencyPerimeter.of(stack).apply();
  expect(boundariesOf(stack)[0]).toBe('arn:aws:iam::111122223333:policy/own');
  Annotations.fromStack(stack).hasError(
    '/Test/Role/Resource',
    Match.stringLikeRegexp('already has another permissions'),
  );
  Annotations.fromStack(stack).hasNoError('/Test/Same/Resource', Match.anyValue());
});

test.each<[string, (stack: Stack) => CfnResource]>([
  [
    'a resource without a class',
    (stack) =>
      new CfnResource(stack, 'Role', { type: 'AWS::IAM::Role', properties: { PermissionsBoundary: NARROWER } }),
  ],
  [
    'an override',
    (stack) => {
      const role = addRole(stack).node.defaultChild as CfnResource;
      role.addPropertyOverride('PermissionsBoundary', NARROWER);
      return role;
    },
  ],
])('the boundary of %s stays too, with an error', (_, add) => {
  const stack = new Stack(new App(), 'Test', { env });
  const role = add(stack);
  ResidencyPerimeter.of(stack).apply();
  expect(boundariesOf(stack)).toEqual([NARROWER]);
  Annotations.fromStack(stack).hasError(
    `/${role.node.path}`,
    Match.stringLikeRegexp('already has another permissions'),
  );
});

test('a boundary that an override removed is set', () => {
  const stack = new Stack(new App(), 'Test', { env });
  const role = addRole(stack).node.defaultChild as iam.CfnRole;
  role.permissionsBoundary = NARROWER;
  role.addPropertyDeletionOverride('PermissionsBoundary');
  ResidencyPerimeter.of(stack).apply();
  expect(boundariesOf(stack).map(written)).toEqual([expect.stringContaining('policy/eu-residency-boundary')]);
});

test.each(['residency-boundary', '-residency-boundary', 'own'])("the name '%s' isn't protected: refused", (name) => {
  expect(() => ResidencyPerimeter.of(new Stack(new App(), 'Test')).apply(name)).toThrow(
    `Test: 'policyName' must end with '-residency-boundary', got '${name}'`,
  );
});

test("the organization's policies protect the default name and that of a deployment", () => {
  const [pattern = ''] = boundaryArns({ partition: 'aws' } as PerimeterScope);
  const protectedName = new RegExp(`^${pattern.replaceAll('*', '.*')}$`);
  for (const name of [boundaryPolicyName(), boundaryPolicyName('exemple')])
    expect(`arn:aws:iam::111122223333:policy/${name}`).toMatch(protectedName);
});

test.each(['', 'a/b', 'a b', 'x'.repeat(129)])("the name '%s' is refused", (name) => {
  expect(() => ResidencyPerimeter.of(new Stack(new App(), 'Test')).apply(name)).toThrow(
    "Test: 'policyName' must be the name of a managed policy",
  );
});

describe('a policy with the name of the boundary', () => {
  const synth = (add: (app: App) => void) => {
    const app = new ResidencyApp();
    ResidencyPerimeter.of(app).apply();
    add(app);
    try {
      app.synth();
    } catch (error) {
      return (error as Error).message;
    }
    return 'passed';
  };
  const perimeter = (app: App) =>
    new PerimeterStack(app, 'Perimeter', { env, boundary: ResidencyBoundary.eu(), organization: 'o-exampleorgid' });
  const lookAlike = (app: App) =>
    new iam.ManagedPolicy(new Stack(app, 'Other', { env }), 'Policy', {
      managedPolicyName: 'eu-residency-boundary',
      statements: [new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] })],
    });
  const refused = "the policy has the name of the declared boundary, 'eu-residency-boundary', but not its document";

  test('from a PerimeterStack passes', () => expect(synth(perimeter)).toBe('passed'));

  test.each<[string, (app: App) => void]>([
    ['another, without a PerimeterStack,', lookAlike],
    [
      'another, next to a PerimeterStack,',
      (app) => {
        perimeter(app);
        lookAlike(app);
      },
    ],
    [
      'that of a PerimeterStack, with an override,',
      (app) => perimeter(app).boundaryPolicy._resource.addPropertyOverride('PolicyDocument.Statement', []),
    ],
  ])('%s is refused', (_, add) => expect(synth(add)).toContain(refused));
});

describe('the guard', () => {
  const refused = (change: (role: iam.CfnRole) => void) => {
    const app = new ResidencyApp();
    ResidencyPerimeter.of(app).apply();
    const role = addRole(new Stack(app, 'Test', { env })).node.defaultChild as iam.CfnRole;
    change(role);
    try {
      app.synth();
    } catch (error) {
      return (error as Error).message;
    }
    return 'passed';
  };

  test('accepts roles that have the boundary', () => expect(refused(() => {})).toBe('passed'));

  test('refuses a role without it', () => {
    const message = refused((role) => {
      // An override that comes after the aspect.
      const { addPropertyOverride } = role;
      role.addPropertyOverride = (path, value) => {
        if (path !== 'PermissionsBoundary') addPropertyOverride.call(role, path, value);
      };
    });
    expect(message).toContain('permissions-boundary');
    expect(message).toContain("it has no permissions boundary; 'eu-residency-boundary' is declared");
  });

  test('refuses another', () => {
    const message = refused((role) => {
      role.addPropertyOverride = () => role.addOverride('Properties.PermissionsBoundary', `${ARN}-2`);
    });
    expect(message).toContain("its permissions boundary isn't 'eu-residency-boundary', which is declared");
  });
});
