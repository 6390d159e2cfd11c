// Evaluates requests with the evaluator that is installed in the working directory: JSON on standard input, JSON on standard output.
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';

const load = createRequire(`${process.cwd()}/`);
const { runSimulation, runUnsafeSimulation } = load('@cloud-copilot/iam-simulate');
const {
  createValidatedPolicy,
  validateIdentityPolicy,
  validateResourcePolicy,
  validateEndpointPolicy,
  validateServiceControlPolicy,
  validateResourceControlPolicy,
} = load('@cloud-copilot/iam-policy');

const { policies, requests } = JSON.parse(
  // The evaluator lets no wildcard stand for a type of resources. AWS's own examples for EC2 do, and all its ARNs have a type and an ID.
  (await text(process.stdin)).replaceAll(/(:ec2:[^":]*:[^":]*:)\*\/\*/g, '$1*'),
);

/**
 * AWS's service reference has one entry for the keys of an encryption context, with a placeholder, and the evaluator knows only that
 * entry by its text. So the key of a request has that name here, in the policies too.
 */
const ENTRY = 'kms:EncryptionContext:${EncryptionContextKey}';
const validated = new Map();
/** A policy, validated once, with the key of a request renamed. */
function policyFor(name, validate, key = ENTRY) {
  const id = JSON.stringify([name, key]);
  if (!validated.has(id)) {
    const text = JSON.stringify(policies[name]).replaceAll(JSON.stringify(key), JSON.stringify(ENTRY));
    validated.set(id, createValidatedPolicy(JSON.parse(text), validate));
  }
  return validated.get(id);
}

/** AWS attaches it to every root, unit and account; policies of a perimeter only deny. */
const FULL_ACCESS = {
  name: 'FullAWSAccess',
  policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
};

/** The same for resources. The evaluator adds it itself where it checks requests. */
const FULL_RESOURCE_ACCESS = {
  name: 'RCPFullAWSAccess',
  policy: {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
  },
};

/** The names of the statements of organisation policies and of the permissions boundary that deny a request. */
const denying = ({ scpAnalysis, rcpAnalysis, permissionBoundaryAnalysis }) =>
  [...(scpAnalysis?.ouAnalysis ?? []), ...(rcpAnalysis?.ouAnalysis ?? []), permissionBoundaryAnalysis]
    .flatMap((one) => one?.denyStatements ?? [])
    .map(({ statement }) => statement.sid() ?? '');

const verdicts = [];
for (const {
  principal,
  account,
  action,
  resource,
  context,
  identity,
  resourcePolicy,
  boundary,
  endpoint,
  scps,
  rcps,
  isUnlisted,
} of requests) {
  const keys = Object.keys(context).filter((one) => one.startsWith('kms:EncryptionContext:'));
  if (keys.length > 1) throw new Error('a request can have one key of an encryption context only; split it');
  const [key] = keys;
  const contextVariables = Object.fromEntries(
    Object.entries(context).map(([name, value]) => [name === key ? ENTRY : name, value]),
  );
  const named = (names, validate) => names.map((name) => ({ name, policy: policyFor(name, validate, key) }));
  const simulation = {
    request: {
      principal: principal === 'anonymous' ? { type: 'Anonymous' } : principal,
      action,
      resource: { resource, accountId: account },
      contextVariables,
    },
    identityPolicies: named(identity, validateIdentityPolicy),
    serviceControlPolicies: scps
      ? [{ orgIdentifier: 'r-root', policies: [FULL_ACCESS, ...named(scps, validateServiceControlPolicy)] }]
      : [],
    resourceControlPolicies: rcps
      ? [
          {
            orgIdentifier: 'r-root',
            policies: [...(isUnlisted ? [FULL_RESOURCE_ACCESS] : []), ...named(rcps, validateResourceControlPolicy)],
          },
        ]
      : [],
    ...(resourcePolicy && { resourcePolicy: policyFor(resourcePolicy, validateResourcePolicy, key) }),
    ...(boundary && { permissionBoundaryPolicies: named([boundary], validateIdentityPolicy) }),
    ...(endpoint && { vpcEndpointPolicies: named([endpoint], validateEndpointPolicy) }),
  };
  if (isUnlisted) {
    // Without the checks of the request, the evaluator doesn't say which statements decide.
    verdicts.push({ result: runUnsafeSimulation(simulation), ignored: [] });
    continue;
  }
  const result = await runSimulation(simulation, { simulationMode: 'Strict' });
  verdicts.push(
    result.resultType === 'single'
      ? {
          result: result.overallResult,
          ignored: result.result.ignoredContextKeys ?? [],
          denying: denying(result.result.analysis),
        }
      : { error: JSON.stringify(result.errors ?? result.resultType), ignored: [], denying: [] },
  );
}
process.stdout.write(JSON.stringify(verdicts));
