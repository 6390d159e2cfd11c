import { answers } from '../model/answer';
import { page, test } from '../model/pointer';
import { each, has, no } from '../model/template-pointer';
import { NO_MACHINES } from './machines';

/** Operation: alarms, limits, copies, recovery, costs. */
export const OPERATIONS = answers({
  'operations.alarms': {
    status: 'provided',
    about: 'tenant',
    text: 'Alarms report failures, drift of settings, jobs that stop, keys that are disabled and more. Each names its entry in a table with the meaning and what to do.',
    rest: 'They reach confirmed recipients only. Who reacts, and when, is up to you. Stopping the trail raises no alarm, and neither does an address that never confirms.',
    pointers: [
      test(
        'constructs/checks/check-alarms.long',
        'when %s, the expected alarms go off, and return to normal after the fix',
      ),
      each('AWS::CloudWatch::Alarm', '/Properties/AlarmActions/*'),
      no('AWS::CloudWatch::Alarm', '/Properties/ActionsEnabled', false),
      page('OPERATIONS#alarms-and-incidents'),
    ],
    words: 'monitoring, ueberwachung, observab, alarms report, alarmierung, alarme bei, alerts on failures',
  },
  'operations.metrics': {
    status: 'provided',
    about: 'tenant',
    text: 'Metrics without content and members show requests, refusals, failures, latency and tokens by tenant, on a dashboard. `eu-residency usage` sums tokens by project, and by whole months of enough members of a workspace together.',
    pointers: [
      test(
        'constructs/foundation/operations-dashboard',
        'each search finds a metric that gateways send, and each metric by tenant or reason is shown',
      ),
      test(
        'cli/commands/usage',
        'groups and models of a workspace are those that were released, with what they include',
      ),
      has('AWS::CloudWatch::Dashboard', '/Properties/DashboardBody'),
      page('OPERATIONS#metrics'),
    ],
    words:
      'dashboard, usage report, nutzungsstatistik, reporting, tableau de bord, verbrauch, usage statisti, statistiques d utilisation',
  },
  'operations.limits': {
    status: 'provided',
    about: 'tenant',
    text: 'Requests per minute, concurrent requests and tokens per day can be limited for a project, a workspace and, in part, a member.',
    rest: 'Limits follow the clock, and tokens are counted after an answer.',
    pointers: [
      test('runtime/gateway/limits/limits', 'exactly 10 of 50 concurrent requests pass at a limit of 10'),
      each('AWS::ApiGateway::Stage', '/Properties/MethodSettings/*/ThrottlingRateLimit'),
      page('LIMITS#api-keys-and-limits'),
    ],
    words:
      'rate limit, quota, kontingent, kostenkontrolle, token limit, budgets per user, budget per user, plafond, fair use, token budget',
  },
  'operations.capacity': {
    status: 'customer',
    text: 'Capacity is that of your quotas at AWS. `eu-residency doctor` compares them with what the deployment and its members need, and names the command that requests more.',
    pointers: [test('cli/doctor/account', 'quotas that AWS does not raise'), page('COMMAND#doctor')],
    words:
      'capacity, kapazitaet, scalab, skalier, capacite, scaling, number of users, gleichzeitige nutzer, performance, latency, antwortzeit',
  },
  'operations.backup': {
    status: 'provided',
    about: 'workspace',
    text: 'Tables of content can be restored to any point of the last 35 days, key stores of one day, and buckets keep old versions for a week.',
    rest: 'A restoration is not automated, and nothing reports that a backup works. Backups are in the same Region, unless a recovery Region is configured.',
    pointers: [
      test('constructs/stores/conversation-store', 'can be restored to any point in time'),
      test('constructs/keys/branch-key-store', 'can be restored for one day only, after which an erasure is final'),
      each(
        'AWS::DynamoDB::GlobalTable',
        '/Properties/Replicas/0/PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled',
        true,
        { named: /(Conversations|BranchKeys)Table/ },
      ),
      each('AWS::S3::Bucket', '/Properties/VersioningConfiguration/Status', 'Enabled', { named: /FilesBucket/ }),
      page('WORKSPACES#keys'),
    ],
    words: 'backup, datensicherung, sauvegarde, restore, wiederherstellung',
  },
  'operations.recovery': {
    status: 'provided',
    about: 'workspace',
    text: "With a recovery Region, which is off by default, a workspace's content and keys are replicated there, under keys of that Region, and `eu-residency drill` reads a sample with that Region alone and reports counts and ages.",
    rest: 'Recovery itself has manual steps, and neither the user pool nor token counts are replicated. Copies lag by seconds to minutes. It was run on an emulator, not on AWS.',
    pointers: [
      test(
        'runtime/recovery/drill.long',
        'a drill decrypts rows and objects of the replica, and reports their number, their members and their age',
      ),
      test(
        'stacks/recovery-stacks.long',
        'the table has a replica under the key of the other Region, with the same protection and backups',
      ),
      each('AWS::DynamoDB::GlobalTable', '/Properties/Replicas/1', undefined, { named: /ConversationsTable/ }),
      page('OPERATIONS#a-second-region'),
      page('LIMITS#regions-and-networks'),
    ],
    words:
      'disaster recovery, business continuity, notfall, continuite d activite, plan de reprise, second region, ausfallsicher, failover, resilien',
  },
  'operations.cost': {
    status: 'provided',
    text: '`eu-residency cost` estimates the month of a deployment by tenant, from its templates, with the source and date of each price.',
    rest: 'Prices are list prices in US dollars, without taxes. Your offer is yours to calculate.',
    pointers: [
      test('scripts/sample-pages', 'the bill of the sample is the one that is worked out by hand, to the cent'),
      page('COST'),
    ],
    words: 'cost estimate, running costs, kostenschaetzung, laufende kosten, estimation des couts',
  },
  'operations.availability': {
    status: 'customer',
    text: 'The package promises no availability, no response time, and no time or point of recovery. An agreement on them is between you, your users and AWS, whose services decide.',
    pointers: [page('LIMITS#requests'), page('SECURITY.md#what-is-not-promised')],
    words:
      'availability, verfuegbarkeit, sla, service level, disponibilite, response times for disruptions, reaktionszeit, niveau de service, dauerhafter betrieb, recovery time, recovery point, rto, rpo',
  },
  'operations.support': {
    status: 'customer',
    text: 'Support, operation and administration are done by you or your contractor, from the places that you choose. The package has no staff and no contact to its author from a deployment.',
    rest: "AWS's own support is a contract of yours, and its metadata is outside the EU in the `aws` partition.",
    pointers: [page('OPERATIONS'), page('LIMITS#providers-and-laws')],
    words:
      'laufende support, user support, technical support, support technique, technischer support, technische support, support staff, level support, support niveau, support team, helpdesk, hotline, betrieb durch, support und administration, fernwartung, assistance, maintenance, wartung, dauerhafter betrieb, infogerance, supervision depuis, weiterentwicklung',
  },
  'operations.patches': {
    status: 'customer',
    text: 'You deploy updates of the package. AWS patches the runtimes and hosts of functions.',
    pointers: [page('OPERATIONS#upgrade'), page('SECURITY.md#supported-versions')],
    words: 'patch management, gestion des correctifs, install updates',
  },
  'operations.guide': {
    status: 'provided',
    text: 'Pages describe each step of a deployment, sign-in, members, rights, keys, recovery, alarms, upgrades, failed deployments and removal, and every key of the configuration.',
    pointers: [test('config/generated', 'docs/CONFIG.md is current'), page('OPERATIONS'), page('CONFIG')],
    words:
      'user guide, operating manual, betriebshandbuch, documentation, dokumentation, recommendations for secure use, handbuch, manuel',
  },
  'operations.no-containers': {
    status: 'not-applicable',
    text: "There are no containers, images or virtual machines: functions run on Lambda from archives of code. Their runtime is AWS's.",
    pointers: [...NO_MACHINES, page('ARCHITECTURE')],
    words: 'container image, images of containers, containers are',
  },
  'operations.hardening': {
    status: 'provided',
    about: 'tenant',
    text: 'There are no servers, virtual machines or containers to harden: functions run on Lambda. The templates pass the checks of AwsSolutions, or name the reason for each exception.',
    rest: 'Runtime and host are patched by AWS.',
    pointers: [
      test('constructs/foundation/foundation.long', 'AwsSolutions finds only acknowledged findings'),
      test('stacks/no-content', 'no function has a failure destination, tracing or a persistent disk'),
      ...NO_MACHINES,
      no('AWS::Lambda::Function', '/Properties/TracingConfig/Mode', 'Active'),
      no('AWS::Lambda::Function', '/Properties/FileSystemConfigs'),
      has('AWS::Lambda::Function'),
    ],
    words: 'hardening, haertung, secure configuration, sichere konfiguration, container, virtual machine',
  },
});
