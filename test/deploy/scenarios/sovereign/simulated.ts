import type { Ledger } from '../../harness/emulator';
import type { Context } from '../../read-back/context';
import { type Deciders, NONE } from '../decided-by';
import { type SimulatedPart, simulatedPart } from '../simulated-part';

/** What a passing check in the sovereign partition doesn't prove. docs/DEPLOY-TEST.md has the same rows. */
const SIMULATED: SimulatedPart['simulated'] = [
  [
    'Partition',
    'The emulator names everything in `aws` and under `amazonaws.com`. `partition.py` changes these texts in its code while it is loaded, and the emulator then refuses ARNs of another partition. It knows nothing else of the partition: which services and settings exist there is checked by `npm run test:offline`.',
  ],
  [
    'Hosts',
    'The SDK and the CDK CLI call the emulator, so hosts are only texts: none of them is resolved. The host of the sign-in page is the placeholder of the outputs.',
  ],
  [
    'Server',
    'A fake model on loopback answers. Dialling is replaced in each function that our API Gateway runs: its server leads to the fake, AWS to the emulator, and nothing else can be dialled. Functions that the emulator runs reach only hosts under `amazonaws.eu`. No security group and no route decides.',
  ],
];

const CONTENT: Deciders = {
  emulator: 'pool with its sign-in page and tokens, tables, buckets, keys, policies and boundary of roles',
  ours: 'API Gateway, Lambda, addresses, the server, encryption contexts, policies of endpoints',
  echoes: NONE,
};

const PARTITION: Deciders = {
  emulator: 'all texts that its services store, with their Regions; the refusal of other partitions',
  ours: "the partition's name and host suffix",
  echoes: 'policies and settings with names of the partition',
};

/** Each section of the run. */
const DECIDED_BY: Readonly<Record<string, Deciders>> = {
  'sovereign: the partition': PARTITION,
  'sovereign: the boundary': {
    emulator: 'roles, the policy, and decisions by policy and boundary',
    ours: 'the boundary of a role in a template',
    echoes: NONE,
  },
  'sovereign: requests': CONTENT,
  'sovereign: the ledger': {
    emulator: 'buckets with their policies and locks, keys and signatures, policies and boundary of roles, functions',
    ours: 'the delivery of log lines and their time, names of log groups, the context of a signature',
    echoes: NONE,
  },
  'sovereign: the partition after the requests': PARTITION,
};

/** Prints what is simulated only. The types are those of the sample. */
export const sovereignSimulated = (context: Context, ledger: Ledger): Promise<void> =>
  simulatedPart(context, ledger, { name: 'sovereign', simulated: SIMULATED, decidedBy: DECIDED_BY });
