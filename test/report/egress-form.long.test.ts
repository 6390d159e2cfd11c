import { Template } from 'aws-cdk-lib/assertions';
import { egressExceptions } from '@/lib/config/egress-exceptions';
import { checkInputs } from '@/lib/guard/check/check-inputs';
import type { DeclaredException } from '@/lib/guard/declarations/declared-exception';
import { exceptionLines } from '@/lib/guard/report/exception-lines';
import { withEgressForm } from '@/lib/report/egress/with-egress-form';
import { DEPLOYMENT, deploymentStacks, EU } from '../support/deployment';
import { withEgress } from '../support/egress-deployment';

const deployment = withEgress();
const { egress, foundation } = deploymentStacks(deployment);
if (egress === undefined) throw new Error('no egress');
const synthesized = JSON.stringify(Template.fromStack(egress).toJSON());

interface Part {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: templates have no types
  Properties: any;
}
type Change = (first: (type: string, has?: (part: Part) => boolean) => Part, resources: Record<string, Part>) => void;

/** What `check` finds in the template of the egress once it was changed by hand. */
function findingsAfter(change: Change, { of = deployment, stack = 'exemple-egress' } = {}) {
  const template = JSON.parse(synthesized);
  const resources: Record<string, Part> = template.Resources;
  const first = (type: string, has: (part: Part) => boolean = () => true): Part => {
    const found = Object.values(resources).find((part) => part.Type === type && has(part));
    if (found === undefined) throw new Error(`no ${type}`);
    return found;
  };
  change(first, resources);
  const file = stack.includes('.') ? stack : `${stack}.template.json`;
  const inputs = [{ file, stack, template, deployRegion: 'eu-central-1', group: 'app' }];
  const declarations = { exceptions: egressExceptions(EU, deployment), places: [], boundaries: [] };
  const { findings } = checkInputs(
    { templates: withEgressForm(inputs, of), unreadable: [] },
    { boundary: EU, deployRegions: [], declarations },
  );
  return findings.filter(({ level }) => level !== 'info').map(({ rule, message }) => `${rule}: ${message}`);
}

const nothing: Change = () => {};
const isEgress = ({ Properties }: Part) => Properties.FunctionName === 'exemple-egress';

test('the template of an egress passes, with the exceptions that its file implies', () =>
  expect(findingsAfter(nothing)).toEqual([]));

test.each<[string, Change, string]>([
  [
    'a rule that passes more',
    (first) => {
      first('AWS::NetworkFirewall::RuleGroup').Properties.RuleGroup.RulesSource.RulesString =
        'pass ip any any -> any any (sid:1;)';
    },
    'which pass the listed names, must be as it was defined',
  ],
  [
    'a policy that passes what no rule matches',
    (first) => {
      first('AWS::NetworkFirewall::FirewallPolicy').Properties.FirewallPolicy.StatefulDefaultActions = [
        'aws:alert_strict',
      ];
    },
    'which drops all but its rules, must be as it was defined',
  ],
  [
    'a route of clients around the firewall',
    (first) => {
      const route = first('AWS::EC2::Route', ({ Properties }) => Properties.VpcEndpointId !== undefined).Properties;
      delete route.VpcEndpointId;
      route.NatGatewayId = 'nat-1';
    },
    'must have exactly the routes',
  ],
  [
    'a return route to the firewall of another zone',
    (first, resources) => {
      const back = Object.values(resources).filter(
        ({ Type, Properties }) =>
          Type === 'AWS::EC2::Route' && Properties.VpcEndpointId && Properties.DestinationCidrBlock !== '0.0.0.0/0',
      );
      const [one, two] = back as [Part, Part];
      first('AWS::EC2::VPC');
      one.Properties.VpcEndpointId = two.Properties.VpcEndpointId;
    },
    'and back through the firewall of zone',
  ],
  [
    'a name more that resolves',
    (first) => {
      first('AWS::Route53Resolver::FirewallDomainList').Properties.Domains.push('example.de');
    },
    'the list of allowed names must be as it was defined',
  ],
  [
    'a resolver that fails open',
    (first) => {
      first('AWS::Route53Resolver::FirewallConfig').Properties.FirewallFailOpen = 'ENABLED';
    },
    'it must have DNS Firewall that fails closed',
  ],
  [
    'no log of the firewalls',
    (_, resources) => {
      for (const [id, { Type }] of Object.entries(resources))
        if (Type === 'AWS::NetworkFirewall::LoggingConfiguration') delete resources[id];
    },
    'because what is dropped must be logged, got none',
  ],
  [
    'an endpoint for every secret',
    (first) => {
      first('AWS::EC2::VPCEndpoint').Properties.PolicyDocument.Statement[0].Resource = '*';
    },
    'which serves the listed secrets, must be as it was defined',
  ],
  [
    'an endpoint for every account',
    (first) => {
      first('AWS::EC2::VPCEndpoint').Properties.PolicyDocument.Statement[0].Condition.StringEquals[
        'aws:PrincipalAccount'
      ] = '*';
    },
    'which serves the listed secrets, must be as it was defined',
  ],
  [
    'a peering',
    (_, resources) => {
      resources.Peering = {
        Type: 'AWS::EC2::VPCPeeringConnection',
        Properties: { VpcId: 'vpc-1', PeerVpcId: 'vpc-2' },
      };
    },
    'nothing else of a network or a function may be in it, got AWS::EC2::VPCPeeringConnection Peering',
  ],
  [
    'a second way to the internet',
    (_, resources) => {
      resources.Gateway = { Type: 'AWS::EC2::InternetGateway', Properties: {} };
    },
    'nothing else of a network or a function may be in it, got AWS::EC2::InternetGateway Gateway',
  ],
  [
    'a function behind the firewall',
    (first) => {
      first(
        'AWS::Lambda::Function',
        ({ Properties }) => Properties.VpcConfig !== undefined,
      ).Properties.VpcConfig.SubnetIds = ['subnet-1'];
    },
    'the function exemple-egress must be in the client subnets',
  ],
  [
    'a function in no network',
    (first) => {
      delete first('AWS::Lambda::Function', isEgress).Properties.VpcConfig;
    },
    'the function exemple-egress must be in the client subnets and a security group, got VpcConfig nothing',
  ],
  [
    'a function in its network under a condition',
    (first) => {
      const { Properties } = first('AWS::Lambda::Function', isEgress);
      Properties.VpcConfig = { 'Fn::If': ['Never', Properties.VpcConfig, { Ref: 'AWS::NoValue' }] };
    },
    'the function exemple-egress must be in the client subnets',
  ],
  [
    'a variable that loads other code',
    (first) => {
      const { Properties } = first('AWS::Lambda::Function', isEgress);
      Properties.Environment = { Variables: { NODE_OPTIONS: '--require /tmp/x.js' } };
    },
    'must have no property Environment',
  ],
  [
    'a layer',
    (first) => {
      first('AWS::Lambda::Function', isEgress).Properties.Layers = ['arn:aws:lambda:eu-central-1:1:layer:x:1'];
    },
    'must have no property Layers',
  ],
  [
    'another function in the client subnets',
    (first, resources) => {
      const { Properties } = first('AWS::Lambda::Function', isEgress);
      resources.Second = { Type: 'AWS::Lambda::Function', Properties: { ...Properties, FunctionName: 'second' } };
    },
    'nothing else of a network or a function may be in it, got AWS::Lambda::Function Second',
  ],
  [
    'an alias of what can be changed',
    (first) => {
      first('AWS::Lambda::Alias').Properties.FunctionVersion = '$LATEST';
    },
    'the version of alias projects must be as it was defined',
  ],
  ...['Url', 'Permission', 'EventInvokeConfig'].map((type): [string, Change, string] => [
    `a Lambda ${type}`,
    (_, resources) => {
      resources.More = { Type: `AWS::Lambda::${type}`, Properties: { FunctionName: 'exemple-egress' } };
    },
    `nothing else of a network or a function may be in it, got AWS::Lambda::${type} More`,
  ]),
  ...(
    [
      ['AWS::ECS::Service', 'AWS::EC2::Subnet', (id) => ({ NetworkConfiguration: { Subnets: [{ Ref: id }] } })],
      ['AWS::CodeBuild::Project', 'AWS::EC2::Subnet', (id) => ({ VpcConfig: { Subnets: [{ Ref: id }] } })],
      [
        'AWS::ElasticLoadBalancing::LoadBalancer',
        'AWS::EC2::Subnet',
        (id) => ({ Subnets: { 'Fn::Sub': `\${${id}}` } }),
      ],
      ['AWS::Route53::HostedZone', 'AWS::EC2::VPC', (id) => ({ VPCs: [{ VPCId: { Ref: id } }] })],
      ['AWS::Route53Profiles::ProfileAssociation', 'AWS::EC2::VPC', (id) => ({ ResourceId: { Ref: id } })],
      [
        'AWS::RAM::ResourceShare',
        'AWS::EC2::Subnet',
        (id) => ({ ResourceArns: [{ 'Fn::Join': ['/', ['a', { Ref: id }]] }] }),
      ],
    ] as [string, string, (id: string) => object][]
  ).map(([type, of, using]): [string, Change, string] => [
    `an ${type} in the network`,
    (_, resources) => {
      const [id = ''] = Object.entries(resources).find(([, part]) => part.Type === of) ?? [];
      resources.Use = { Type: type, Properties: using(id) };
    },
    `nothing else may use its network or its function, got ${type} Use, whose `,
  ]),
  [
    'a secret without its policy',
    (_, resources) => {
      for (const [id, { Type }] of Object.entries(resources))
        if (Type === 'AWS::SecretsManager::ResourcePolicy') delete resources[id];
    },
    'because others could read it, got none',
  ],
  [
    'a secret that a further role reads',
    (first) => {
      const { Statement } = first('AWS::SecretsManager::ResourcePolicy').Properties.ResourcePolicy;
      Statement[0].Condition.ArnNotEquals['aws:PrincipalArn'] = 'arn:aws:iam::111122223333:role/other';
    },
    'must be as it was defined',
  ],
  [
    'a secret that every role updates',
    (first) => {
      const { Statement } = first('AWS::SecretsManager::ResourcePolicy').Properties.ResourcePolicy;
      Statement[2].Condition.ArnNotEquals['aws:PrincipalArn'] = 'arn:aws:iam::111122223333:role/*';
    },
    'must be as it was defined',
  ],
  [
    'a secret whose policy every role replaces',
    (first) => {
      const { Statement } = first('AWS::SecretsManager::ResourcePolicy').Properties.ResourcePolicy;
      Statement[2].Action = 'secretsmanager:UpdateSecret';
    },
    'must be as it was defined',
  ],
  [
    'a second VPC',
    (_, resources) => {
      resources.Other = { Type: 'AWS::EC2::VPC', Properties: {} };
    },
    'it must have one VPC, got 2',
  ],
])('with %s, it is refused', (_, change, message) => {
  const found = findingsAfter(change).filter((text) => text.startsWith('egress-differs: '));
  expect(found.join('\n')).toContain(message);
});

test('a host that the file does not declare is refused, whichever list names it', () => {
  const added = withEgress();
  const found = findingsAfter(
    (first) => {
      const listed = first('AWS::Route53Resolver::FirewallDomainList').Properties;
      listed.Domains = ['eu.api.openai.com', 'openai.inference.de-txl.ionos.com', ...listed.Domains.slice(1)];
    },
    { of: added },
  );
  expect(found.join('\n')).toContain('the list of allowed names must be as it was defined');
});

test('the exceptions permit the host in the egress stack only', () =>
  expect(findingsAfter(nothing, { stack: 'exemple-foundation' }).join('\n')).toContain('place-outside'));

describe('the exceptions that a file implies', () => {
  const accepts = (approver?: string) => ({
    openai: { acceptsWiderEurope: { reason: 'decided', ...(approver !== undefined && { approver }) } },
  });

  test.each([
    ['the approver of the file', accepts('the board'), 'the board'],
    ['its owner, if it names none', accepts(), 'the owner of residency.yaml'],
  ])('name %s, and have no end', (_, file, approver) => {
    const [row] = egressExceptions(EU, deployment, file);
    expect(row).toMatchObject({ approver, reason: expect.stringContaining('the works council agreed') });
    const lines = exceptionLines([{ ...(row as DeclaredException), findings: 1 }], 80);
    const text = lines.map((line) => line.trim()).join(' ');
    expect(text).toContain(`1 finding, for as long as residency.yaml states it, approved by ${approver}: `);
    expect(text).not.toMatch(/9999/);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });

  test('name the approver of a declared provider', () => {
    const [model, ...others] = deployment.models;
    const destinations = (model?.destinations ?? []).map((one) =>
      one.provider === 'openai' ? { ...one, provider: 'external' as const, providerName: 'oai-eu' } : one,
    );
    const of = { ...deployment, models: [{ ...model, id: 'assistant', destinations }, ...others] };
    const declared = [{ name: 'oai-eu', service: 'azure' as const, ...accepts('the senate').openai }];
    const [row] = egressExceptions(EU, of, { ...accepts('the board'), providers: { declared } });
    expect(row?.approver).toBe('the senate');
  });
});

test('the template of an egress is compared as a file of its own', () => {
  const found = findingsAfter(
    (first) => {
      first('AWS::Route53Resolver::FirewallConfig').Properties.FirewallFailOpen = 'ENABLED';
    },
    { stack: 'out/any.template.json' },
  );
  expect(found.join('\n')).toContain('egress-differs: it must have DNS Firewall that fails closed');
});

test('an unchanged template as a file of its own gets one message, and no host of it is outside', () => {
  expect(findingsAfter(nothing, { stack: 'out/any.template.json' })).toEqual([
    expect.stringContaining(
      "checked as a file of its own, so it isn't known to be the stack 'exemple-egress', in which residency.yaml permits eu.api.openai.com; " +
        'check the folder of the whole app.',
    ),
  ]);
});

test('a host that the file does not accept is outside, in a file of its own too', () => {
  const found = findingsAfter(
    (first) => void first('AWS::Route53Resolver::FirewallDomainList').Properties.Domains.push('api.openai.com'),
    { stack: 'out/any.template.json' },
  );
  expect(found.join('\n')).toMatch(/^place-outside: .*api\.openai\.com/m);
});

describe('the endpoint of Lambda in the network of gateways', () => {
  const template = JSON.stringify(Template.fromStack(foundation).toJSON());
  const endpointIn = (resources: Record<string, Part>) =>
    Object.values(resources).find(({ Properties }) => /lambda$/.test(`${Properties?.ServiceName}`)) as Part;
  const findings = (change: (resources: Record<string, Part>) => void, of = deployment) => {
    const changed = JSON.parse(template);
    change(changed.Resources);
    const inputs = [
      {
        file: 'e',
        stack: 'exemple-egress',
        template: JSON.parse(synthesized),
        deployRegion: 'eu-central-1',
        group: 'app',
      },
      { file: 'f', stack: 'exemple-foundation', template: changed, deployRegion: 'eu-central-1', group: 'app' },
    ];
    const declarations = { exceptions: egressExceptions(EU, deployment), places: [], boundaries: [] };
    const result = checkInputs(
      { templates: withEgressForm(inputs, of), unreadable: [] },
      { boundary: EU, deployRegions: [], declarations },
    );
    return result.findings.filter(({ rule }) => rule === 'egress-differs');
  };
  const statementIn = (resources: Record<string, Part>) => endpointIn(resources).Properties.PolicyDocument.Statement[0];

  test('as it was defined has no finding', () => expect(findings(() => {})).toEqual([]));

  test.each<[string, (resources: Record<string, Part>) => void, string]>([
    [
      'for one more function',
      (resources) => statementIn(resources).Resource.push('arn:aws:lambda:eu-central-1:111122223333:function:other'),
      'PolicyDocument.Statement.0.Resource',
    ],
    [
      'for every function',
      (resources) => {
        statementIn(resources).Resource = '*';
      },
      'PolicyDocument.Statement.0.Resource',
    ],
    [
      'for the function without an alias',
      (resources) => {
        statementIn(resources).Resource[0] = 'arn:aws:lambda:eu-central-1:111122223333:function:exemple-egress';
      },
      'PolicyDocument.Statement.0.Resource',
    ],
    [
      'of another Region',
      (resources) => {
        statementIn(resources).Resource = statementIn(resources).Resource.map((arn: string) =>
          arn.replace('eu-central-1', 'us-east-1'),
        );
      },
      'us-east-1',
    ],
    [
      'for other roles',
      (resources) =>
        statementIn(resources).Condition.ArnLike['aws:PrincipalArn'].push('arn:aws:iam::111122223333:role/*'),
      'PrincipalArn',
    ],
    [
      'for every role',
      (resources) => {
        delete statementIn(resources).Condition.ArnLike;
      },
      'Condition',
    ],
    [
      'for every account',
      (resources) => {
        statementIn(resources).Condition.StringEquals['aws:PrincipalAccount'] = '*';
      },
      'PrincipalAccount',
    ],
    [
      'for another account than its functions',
      (resources) => {
        statementIn(resources).Condition.StringEquals['aws:PrincipalAccount'] = '444455556666';
      },
      '444455556666',
    ],
    [
      'for every action',
      (resources) => {
        statementIn(resources).Action = 'lambda:*';
      },
      'Action',
    ],
    [
      'with a second statement',
      (resources) =>
        endpointIn(resources).Properties.PolicyDocument.Statement.push({
          Effect: 'Allow',
          Principal: '*',
          Action: '*',
          Resource: '*',
        }),
      'PolicyDocument.Statement.1',
    ],
    [
      'without a policy',
      (resources) => {
        delete endpointIn(resources).Properties.PolicyDocument;
      },
      'PolicyDocument nothing',
    ],
    [
      'under a condition',
      (resources) => {
        Object.assign(endpointIn(resources), { Condition: 'Maybe' });
      },
      'with the condition Maybe',
    ],
    [
      'twice',
      (resources) => {
        resources.Second = structuredClone(endpointIn(resources));
      },
      'must have one endpoint of Lambda, got FoundationEndpointsLambda0B68306A, Second',
    ],
    [
      'deleted',
      (resources) => {
        for (const [id, part] of Object.entries(resources)) if (part === endpointIn(resources)) delete resources[id];
      },
      'must have one endpoint of Lambda, got none',
    ],
  ])('%s is refused', (_, change, message) => {
    const found = findings(change);
    expect(found.map(({ level, stack }) => [level, stack])).toContainEqual(['block', 'exemple-foundation']);
    expect(found.map((one) => one.message).join('\n')).toContain(message);
  });

  test('of a VPC whose owner has one is refused in the template', () => {
    const endpoints = { lambda: 'existing' as const };
    const vpc = {
      id: 'vpc-1',
      cidr: '10.0.0.0/16',
      availabilityZones: [],
      isolatedSubnetIds: [],
      routeTableIds: [],
      endpoints,
    };
    const of = { ...deployment, network: { ...deployment.network, vpc } };
    expect(findings(() => {}, of).map(({ message }) => message)).toEqual([
      expect.stringContaining('must have no endpoint of Lambda, because the VPC has its own'),
    ]);
  });

  test('is the same if account and partition are known only at deployment', () => {
    const [account, partition] = [{ Ref: 'AWS::AccountId' }, { Ref: 'AWS::Partition' }];
    const join = (...parts: unknown[]) => ({ 'Fn::Join': ['', ['arn:', partition, ...parts]] });
    const agnostic = (resources: Record<string, Part>) => {
      const statement = statementIn(resources);
      statement.Resource = ['projects', 'workspaces'].map((alias) =>
        join(':lambda:eu-central-1:', account, `:function:exemple-egress:${alias}`),
      );
      statement.Condition = {
        ArnLike: { 'aws:PrincipalArn': [join(':iam::', account, ':role/exemple-*')] },
        StringEquals: { 'aws:PrincipalAccount': account },
      };
    };
    expect(findings(agnostic)).toEqual([]);
  });

  test('is compared without the egress stack too', () => {
    const changed = JSON.parse(template);
    statementIn(changed.Resources).Resource = '*';
    const inputs = [{ file: 'f', stack: 'exemple-foundation', template: changed, group: 'app' }];
    const { findings: found } = checkInputs(
      { templates: withEgressForm(inputs, deployment), unreadable: [] },
      { boundary: EU, deployRegions: ['eu-central-1'] },
    );
    expect(found.filter(({ rule }) => rule === 'egress-differs').map(({ level }) => level)).toEqual([
      'unresolved',
      'block',
    ]);
  });
});

test.each([
  ['unresolved', 'exemple-projects', 'out/exemple-projects.template.json'],
  ['info', 'out/other.template.json', 'out/other.template.json'],
])('without the stack of the egress, the finding is %s', (level, stack, file) => {
  const { findings } = checkInputs(
    {
      templates: withEgressForm([{ file, stack, template: { Resources: {} }, group: 'app' }], deployment),
      unreadable: [],
    },
    { boundary: EU, deployRegions: ['eu-central-1'] },
  );
  const found = findings.filter(({ rule }) => rule === 'egress-differs');
  expect(found).toEqual([
    expect.objectContaining({
      level,
      message: expect.stringContaining("'exemple-egress' of the deployment isn't among"),
    }),
  ]);
});

test('a deployment without an egress has nothing to compare', () => {
  const inputs = [{ file: 'f', stack: 'exemple-egress', template: {}, group: 'app' }];
  expect(withEgressForm(inputs, DEPLOYMENT)).toEqual(inputs);
  expect(withEgressForm(inputs, undefined)).toEqual(inputs);
  expect(egressExceptions(EU, DEPLOYMENT)).toEqual([]);
});
