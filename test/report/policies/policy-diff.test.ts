import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { PLAIN } from '@/lib/guard/report/paint';
import { attachable, attachedName } from '@/lib/perimeter/organization/attachable';
import type { PerimeterPolicy } from '@/lib/perimeter/organization/document';
import { perimeterDocuments } from '@/lib/perimeter/organization/documents';
import { diffTable } from '@/lib/report/policies/diff-table';
import type { FoundPolicy, OrganizationState } from '@/lib/report/policies/organization-state';
import { policyDiff } from '@/lib/report/policies/policy-diff';

const PATH = ['111122223333', 'ou-ab12-11111111', 'r-ab12'];
const NAME = 'eu-residency-boundary';

describe.each([
  ['aws', false],
  ['aws', true],
  ['aws-eusc', false],
  ['aws-eusc', true],
] as const)('in the partition %s, with an egress: %s', (partition, hasEgress) => {
  const documents = perimeterDocuments({
    boundary: ResidencyBoundary.eu(),
    partition,
    organization: 'o-exampleorgid',
    deployRoles: ['cdk-*-cfn-exec-role-*'],
    hasEgress,
    requiresBoundary: true,
  });
  const boundaryOf = documents.find(({ kind }) => kind === 'permissions-boundary')?.content as PerimeterPolicy;
  const policies: FoundPolicy[] = attachable(documents).map(({ document, type }, index) => ({
    id: `p-example${index}`,
    name: attachedName(document),
    type,
    content: JSON.stringify(document.content),
    targets: ['r-ab12'],
  }));
  const state: OrganizationState = {
    policies,
    enabledTypes: ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY', 'AISERVICES_OPT_OUT_POLICY', 'BEDROCK_POLICY'],
    path: PATH,
    boundary: { account: '111122223333', name: NAME, content: JSON.stringify(boundaryOf) },
  };
  const diff = (over: Partial<OrganizationState>) => policyDiff(documents, { ...state, ...over });
  const rewritten = (change: (content: PerimeterPolicy) => unknown) =>
    policies.map((policy) => {
      const content = JSON.parse(policy.content);
      return 'Statement' in content ? { ...policy, content: JSON.stringify(change(content)) } : policy;
    });
  const changed = (sid: string, change: (statement: Record<string, unknown>) => unknown) =>
    rewritten((content) => ({
      ...content,
      Statement: content.Statement.map((one) => (one.Sid === sid ? change({ ...one }) : one)),
    }));
  const statements = documents.flatMap((document) =>
    document.kind === 'scp' || document.kind === 'rcp' ? document.content.Statement : [],
  );

  test('the required policies have no difference, with or without a target', () => {
    expect(diff({})).toEqual([]);
    expect(diff({ path: undefined, boundary: undefined })).toEqual([]);
  });

  test('neither order, nor names, nor further statements matter', () => {
    const reversed = rewritten(({ Version, Statement }) => ({
      Version,
      Statement: [
        {
          Sid: 'Own',
          Effect: 'Deny',
          Action: '*',
          Resource: '*',
          Condition: { Bool: { 'aws:ViaAWSService': 'false' } },
        },
        ...Statement.map((one) =>
          Object.fromEntries(
            Object.entries(one)
              .reverse()
              .map(([key, value]) => [key, Array.isArray(value) ? value.toReversed() : value]),
          ),
        ),
      ],
    }));
    expect(diff({ policies: reversed.map((policy) => ({ ...policy, name: 'ours' })) })).toEqual([]);
  });

  test('a statement that refuses more is no difference', () => {
    for (const { Sid, Action, NotAction } of statements) {
      const policies = changed(Sid, (one) =>
        Action ? { ...one, Action: [...Action, 'x:Y'] } : { ...one, NotAction: NotAction?.slice(1) },
      );
      expect([Sid, diff({ policies })]).toEqual([Sid, []]);
    }
  });

  test.each(statements.map(({ Sid, ...one }) => [Sid, one] as const))(
    '%s is missed, and so is each part of it',
    (Sid, one) => {
      const without = rewritten((content) => ({
        ...content,
        Statement: content.Statement.filter((other) => other.Sid !== Sid),
      }));
      expect(diff({ policies: without })).toEqual([expect.objectContaining({ kind: 'missing' })]);
      const loosened = (change: (statement: Record<string, unknown>) => unknown) =>
        diff({ policies: changed(Sid, change) });
      const difference = [expect.objectContaining({ kind: 'loosened', sid: Sid })];
      expect(loosened((statement) => ({ ...statement, Effect: 'Allow' }))).toEqual(difference);
      if (one.Action) {
        expect(loosened((statement) => ({ ...statement, Action: one.Action?.slice(1).concat('x:Y') }))).toEqual(
          difference,
        );
        expect(loosened(({ Action, ...statement }) => ({ ...statement, NotAction: Action }))).toEqual(difference);
        // IAM compares actions without case, and ARNs with it.
        expect(loosened((statement) => ({ ...statement, Action: one.Action?.map((a) => a.toUpperCase()) }))).toEqual(
          [],
        );
      } else {
        expect(loosened((statement) => ({ ...statement, NotAction: [...(one.NotAction ?? []), 'kms:*'] }))).toEqual(
          difference,
        );
      }
      for (const name of ['Resource', 'NotResource'] as const) {
        const upper = one[name]?.map((arn) => arn.toUpperCase());
        if (upper === undefined || one[name]?.[0] === '*') continue;
        expect(loosened((statement) => ({ ...statement, [name]: upper }))).toEqual(difference);
      }
      expect(
        loosened((statement) => ({ ...statement, Condition: { ...one.Condition, Bool: { 'aws:Own': 'true' } } })),
      ).toEqual(difference);
      for (const [operator, keys] of Object.entries(one.Condition ?? {})) {
        for (const [key, values] of Object.entries(keys)) {
          if (!/Not/.test(operator) || operator === 'Null') continue;
          const wider = { ...one.Condition, [operator]: { ...keys, [key]: [values].flat().concat('own') } };
          expect(loosened((statement) => ({ ...statement, Condition: wider }))).toEqual(difference);
        }
      }
    },
  );

  test('a policy that is detached, or attached elsewhere, is named', () => {
    const elsewhere = (targets: string[]) => diff({ policies: policies.map((policy) => ({ ...policy, targets })) });
    const kinds = elsewhere(['ou-ab12-22222222']).map(({ kind, sid }) => [kind, sid]);
    expect([...new Set(kinds.map(([kind]) => kind))]).toEqual(['not-attached']);
    expect(kinds).toHaveLength(policies.length);
    expect(elsewhere(['ou-ab12-11111111'])).toEqual([]);
    expect(diff({ path: undefined, policies: policies.map((policy) => ({ ...policy, targets: [] })) })).toHaveLength(
      policies.length,
    );
  });

  test('a type that is disabled, and an organization without policies', () => {
    expect(diff({ enabledTypes: [] }).every(({ kind }) => kind === 'disabled')).toBe(true);
    expect(diff({ policies: [] }).map(({ kind, sid }) => [kind, sid])).toEqual(
      policies.map(() => ['missing', undefined]),
    );
  });

  test('another opt-out is a difference', () => {
    const other = policies.map((policy) =>
      policy.type === 'AISERVICES_OPT_OUT_POLICY' ? { ...policy, content: '{"services":{}}' } : policy,
    );
    expect(diff({ policies: other })).toEqual([expect.objectContaining({ kind: 'loosened', document: 'ai-opt-out' })]);
  });

  test('content that is no policy breaks nothing', () => {
    for (const content of ['', 'null', '[]', '{"Statement":[null, 1]}', '{"Statement":{}}'])
      expect(diff({ policies: policies.map((policy) => ({ ...policy, content })) }).length).toBeGreaterThan(0);
  });

  describe('the permissions boundary', () => {
    const boundary = (Statement: unknown[] | undefined) =>
      diff({
        boundary: {
          account: '111122223333',
          name: NAME,
          content: Statement && JSON.stringify({ ...boundaryOf, Statement }),
        },
      }).map(({ kind, found }) => [kind, found]);

    test('is missed', () => {
      expect(boundary(undefined)).toEqual([['missing', `account 111122223333 has no policy '${NAME}'`]]);
      for (const { Sid, Effect } of boundaryOf.Statement) {
        const left = boundaryOf.Statement.filter((one) => one.Sid !== Sid);
        expect([Effect, boundary(left).map(([kind]) => kind)]).toEqual([Effect, ['missing']]);
      }
    });

    test('is widened by a permission, not by a denial', () => {
      const more = { Effect: 'Allow', Action: '*', Resource: '*' };
      expect(boundary([...boundaryOf.Statement, more])).toEqual([
        ['loosened', "the account's policy allows more, by a statement without Sid"],
      ]);
      expect(boundary([...boundaryOf.Statement, { ...more, Sid: 'Own', Effect: 'Deny' }])).toEqual([]);
      const [first, ...others] = boundaryOf.Statement;
      const wider = { ...first, Action: [...(first?.Action ?? []), 'chime:*'] };
      expect(boundary([wider, ...others])).toEqual([['loosened', 'Action has chime:* as well']]);
    });
  });
});

describe.each([
  ['bedrock-policy', 'BEDROCK_POLICY', '{"bedrock":{}}'],
  ['ai-opt-out', 'AISERVICES_OPT_OUT_POLICY', '{"services":{"lex":{"opt_out_policy":{"@@assign":"optIn"}}}}'],
])('a second policy next to %s', (name, type, content) => {
  const documents = perimeterDocuments({
    boundary: ResidencyBoundary.eu(),
    partition: 'aws',
    organization: 'o-exampleorgid',
    deployRoles: ['cdk-*-cfn-exec-role-*'],
    hasEgress: false,
    requiresBoundary: false,
    guardrails: ['arn:aws:bedrock:eu-central-1:111122223333:guardrail/abc:1'],
  }).filter(({ kind }) => kind === name);
  const [account = '', unit = '', root = ''] = PATH;
  const diff = (required: string[], targets: string[], path?: string[], second = content) =>
    policyDiff(documents, {
      policies: [
        ...documents.map((one) => ({
          id: 'p-examplepolicy',
          name: 'required',
          type,
          content: JSON.stringify(one.content),
          targets: required,
        })),
        { id: 'p-examplesecond', name: 'second', type, content: second, targets },
      ],
      enabledTypes: [type],
      ...(path && { path }),
    }).map(({ kind, found }) => [kind, found]);
  const found = (target: string) => [
    [
      'loosened',
      `'second' (p-examplesecond) is attached to ${target} and can decide instead, unless '${name}' is attached above it`,
    ],
  ];

  test('above the required one or at the same target, it can decide', () => {
    expect(documents).toHaveLength(1);
    expect(diff([unit], [root, '444455556666'], PATH)).toEqual(found(root));
    expect(diff([unit], [unit], PATH)).toEqual(found(unit));
    expect(diff([account, unit], [unit], PATH)).toEqual(found(unit));
  });

  test('below the required one, nothing can be changed', () => {
    expect(diff([root], [account, unit], PATH)).toEqual([]);
    expect(diff([account, unit], [account], PATH)).toEqual([]);
  });

  test('without a target, where it is relative to the required one is unknown', () => {
    expect(diff([root], [account])).toEqual(found(account));
  });

  test('elsewhere it is no difference', () => {
    expect(diff([root], ['444455556666'], PATH)).toEqual([]);
    expect(diff([root], [])).toEqual([]);
  });
});

test('a second policy of AI services that opts in to nothing is no difference', () => {
  const documents = perimeterDocuments({
    boundary: ResidencyBoundary.eu(),
    partition: 'aws',
    organization: 'o-exampleorgid',
    deployRoles: ['cdk-*-cfn-exec-role-*'],
    hasEgress: false,
    requiresBoundary: false,
  }).filter(({ kind }) => kind === 'ai-opt-out');
  const type = 'AISERVICES_OPT_OUT_POLICY';
  const policies = [
    ...documents.map(({ content }) => ({
      id: 'p-1',
      name: 'a',
      type,
      content: JSON.stringify(content),
      targets: PATH,
    })),
    {
      id: 'p-2',
      name: 'b',
      type,
      content: '{"services":{"default":{"opt_out_policy":{"@@assign":"optOut"}}}}',
      targets: PATH,
    },
  ];
  expect(policyDiff(documents, { policies, enabledTypes: [type], path: PATH })).toEqual([]);
});

test('the table has a row and a fix for each difference', () => {
  const difference = {
    kind: 'not-attached',
    document: 'scp-1',
    sid: 'RegionsOutside',
    found: 'a\nb',
    fix: 'attach it',
  } as const;
  expect(diffTable([difference], PLAIN).split('\n')).toEqual([
    'STATE         DOCUMENT  STATEMENT       FOUND',
    expect.stringMatching(/^not attached {2}scp-1 {5}RegionsOutside {2}a.*b$/),
    '    fix: attach it',
    '',
    '1 difference',
  ]);
  expect(diffTable([], PLAIN)).toContain('is attached somewhere in the organization');
  expect(diffTable([], PLAIN, { target: 'r-ab12' })).toBe('every statement that the perimeter requires reaches r-ab12');
});
