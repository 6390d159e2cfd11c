import { answers } from '../model/answer';
import { page, test } from '../model/pointer';
import { each, has, no } from '../model/template-pointer';

/** Stored content, and the rights of the people whose content it is. */
export const CONTENT = answers({
  'content.retention': {
    status: 'provided',
    about: 'workspace',
    text: 'Each workspace states how long it stores content: a number of days, or until it is deleted. There is no default. Expired content is unavailable at once.',
    rest: 'Rows can be restored for up to 35 days, versions of objects for 7. Reading them needs the keys.',
    pointers: [
      test(
        'constructs/stores/file-store',
        'deletes files at the end of their period, and their old versions a week later',
      ),
      test('constructs/stores/conversation-store', 'lets items expire'),
      each('Custom::ContentRetention', '/Properties/Retention'),
      each('AWS::DynamoDB::GlobalTable', '/Properties/TimeToLiveSpecification/Enabled', true, {
        named: /ConversationsTable/,
      }),
      each('AWS::S3::Bucket', '/Properties/LifecycleConfiguration/Rules/*/Status', 'Enabled', { named: /FilesBucket/ }),
      page('LIMITS#stored-content'),
    ],
    words:
      'retention period, storage limitation, speicherdauer, automatic deletion, supprimees automatiquement, loeschfrist, aufbewahrungsfrist, frist geloescht, fristen geloescht, loeschkonzept, duree de conservation, how long is data, principles of data protection, grundsaetze des datenschutzes',
  },
  'content.none-of-projects': {
    status: 'provided',
    about: 'project',
    text: "A project's content is not stored: its function has no permission on a store of content. Logs, records, metrics and traces have no content, in either kind of tenant.",
    rest: 'A prompt cache holds content for minutes. A log of prompts that you declare for a workspace (`bedrock.invocationLogging`) is content.',
    pointers: [
      test('constructs/tenants/projects', "the handler's policy forbids storing content"),
      test('stacks/no-content', 'resources that could store content are only of the types checked here'),
      test('runtime/gateway/context/content', 'no content is recorded on success'),
      no('AWS::ApiGateway::Stage', '/Properties/MethodSettings/*/DataTraceEnabled', true),
      no('AWS::Lambda::Function', '/Properties/TracingConfig/Mode', 'Active'),
    ],
    words:
      'data minimi, datenminimierung, datensparsamkeit, privacy by design, keine inhalte, protection des donnees des la conception',
  },
  'content.export': {
    status: 'provided',
    about: 'workspace',
    text: "An export has all of a user's content as a tar archive of JSON Lines and files, with a manifest of counts and digests. Only the user can open it, for 7 days. The format is documented.",
    rest: "It leaves out holds and jobs about the user, and what SCIM sent. The manifest isn't signed. A user who has left needs a hand-over.",
    pointers: [
      test(
        'runtime/rights/export.long',
        'an export contains all content of a member, and its manifest names every file with its digest',
      ),
      has('AWS::Lambda::Function', '/Properties/Environment/Variables/FILES_BUCKET', undefined, {
        named: /RightsExporterFunction/,
      }),
      page('WORKSPACES#export'),
    ],
    words:
      'data export, export of data, daten export, export daten, exporter donnees, right of access, auskunft, datenuebertragbar, reversibil, herausgabe, herausgegeben, droit d acces, lock in, data portab, datenportab, portab donnees, exit plan, exit concept',
  },
  'content.erasure': {
    status: 'provided',
    about: 'workspace',
    text: "An erasure deletes a user's content, their key, and the rows that link records to the user. It is certified only after a decryption has failed and no copy of the key can be restored. The certificate lists what was erased where.",
    rest: "Records of requests stay and name no member. Records of acts, the trail, the certificate, the lists of jobs and holds, the user in the pool, and backups that you make of the key store aren't reached. Nor are content that a model's provider retains, a log of prompts that you declare (`bedrock.invocationLogging`), and the records of roles and of blocked members. Events of the trail have digests of user names that SCIM sent, and the tables of a workspace whose `scim` was turned off stay until you delete them. Token totals can be restored for 35 days. Where few members are active, times in the trail and in records can still tell who made a request. It takes a little over a day.",
    pointers: [
      test(
        'runtime/rights/erase.long',
        'a certificate is issued once no backup of the key is left, and lists what was erased where',
      ),
      test(
        'runtime/rights/erase.long',
        'nothing of an erased user decrypts: not in tables, buckets with versions, exports or restored backups',
      ),
      has('AWS::Lambda::Function', '/Properties/Environment/Variables/BRANCH_KEYS_TABLE_ARN', undefined, {
        named: /RightsEraserFunction/,
      }),
      each(
        'AWS::DynamoDB::GlobalTable',
        '/Properties/Replicas/*/PointInTimeRecoverySpecification/RecoveryPeriodInDays',
        '1',
        { named: /BranchKeysTable/ },
      ),
      page('LIMITS#rights-of-users'),
    ],
    words:
      'erasure, right to be forgotten, delete personal, deletion of data, personal data delete, data delete request, delete data request, erase personal, personal data erase, daten loeschen, personenbezogene daten geloescht, daten verlangen geloescht, effacer donnees, donnees personnelles effac, donnees effac demande, donnees personnelles supprim, donnees supprim demande, secure deletion, datenloeschung, loeschung, recht auf vergessen, geloescht, supprimees, erased, suppression des donnees, droit a l oubli',
  },
  'content.closure': {
    status: 'provided',
    about: 'workspace',
    text: "At the end of a contract, a closure exports each user's content, waits for a week, schedules the deletion of the workspace's key and certifies it.",
    rest: "KMS destroys the key 7 to 30 days after that, which the certificate dates; until then, the deletion can be cancelled. Stacks, and the stores that they retain (tables, buckets, user pools, logs, evidence), are deleted by you. User pools, links to members, and the record of blocked members and roles aren't encrypted by that key. A hold stops a closure, and a user who has left can't fetch their last export without a hand-over.",
    pointers: [
      test(
        'runtime/rights/closure.long',
        'a closure exports every user, waits for a week, schedules the key’s deletion and certifies it',
      ),
      has('AWS::Lambda::Function', '/Properties/Environment/Variables/WORKSPACE_KEY_ARN', undefined, {
        named: /RightsClos/,
      }),
      page('WORKSPACES#closure'),
    ],
    words: 'end of contract, termination of the contract, vertragsende, fin de contrat, fin du marche, exit strategy',
  },
  'content.hold': {
    status: 'provided',
    about: 'workspace',
    text: 'A legal hold on a user or a conversation suspends expiry and deletion until it is released.',
    rest: 'It covers content only, and starts minutes after it is placed.',
    pointers: [
      test('runtime/rights/hold.long', 'a hold on a user suspends expiry and deletion of existing and new content'),
      has('AWS::Events::Rule', '/Properties/State', 'ENABLED', { named: /RightsEveryHour/ }),
      page('WORKSPACES#hold'),
    ],
    words: 'legal hold, aufbewahrungspflicht, ediscovery',
  },
  'content.privacy-duties': {
    status: 'customer',
    text: 'Legal basis, notices, records of processing, the impact assessment and the answer to a data subject are duties of the controller. The package exports, erases and lists what is stored for them.',
    pointers: [page('PROMISES'), page('LIMITS'), page('WORKSPACES#rights-of-users')],
    words:
      'impact assessment, dpia, dsfa, folgenabschaetzung, accountability, rechenschaftspflicht, aipd, gdpr, dsgvo, rgpd, data protection, datenschutz, protection des donnees personnelles, data subject, betroffenenrecht, consent, einwilligung',
  },
  'content.no-scan': {
    status: 'not-met',
    text: 'Files are not scanned for malware or harmful content, and nothing in them is executed. With `officeFiles`, which is off by default, a process without permissions unpacks office files to get their text.',
    pointers: [page('LIMITS#stored-content')],
    words: 'malware, virus, schadsoftware, antivirus',
  },
  'content.no-sharing': {
    status: 'not-met',
    text: "Members can't share conversations, or files by themselves: each member sees only their own content, and prompts with their files that others have shared with a group of theirs. Administrators can't read content through the API.",
    pointers: [
      test('runtime/workspace/conversations/isolation.long', 'each member lists only their own conversations'),
      page('WORKSPACES#members'),
      page('WORKSPACES#prompts-shared-with-a-group'),
    ],
    words:
      'share files, share conversations, share chat, shared conversations, shared files, teilen daten, teilen sich daten, chats teilen, partage de fichiers, partager les conversations, administrators read, administratoren lesen',
  },
  'content.no-bulk-export': {
    status: 'not-met',
    text: "No one can export the content of an organisation at once: only the user whose content it is can open an export. A hand-over gives another person one user's content.",
    pointers: [page('WORKSPACES#export'), page('WORKSPACES#users-who-have-left')],
    words:
      'export administrator, administrator export, export organisation, export entire, export complet, recuperer donnees, gesamtexport, export durch den auftraggeber, existing chat, migration of chat, migration bestehender',
  },
  'content.no-redaction': {
    status: 'not-met',
    text: 'Nothing finds, replaces or removes personal data in prompts, files or answers. Your application can do so before it sends them.',
    pointers: [page('COMPATIBILITY'), page('LIMITS#stored-content')],
    words: 'pseudonymis, pseudonymiz, anonymis, anonymiz, redact, schwaerz',
  },
  'content.files': {
    status: 'provided',
    about: 'workspace',
    text: 'Members store conversations, responses, prompts with versions, and files (PNG, JPEG, GIF, WebP, PDF and text, with `officeFiles` also docx, pptx, xlsx, odt and csv, up to 32 MiB in parts), which models can be sent.',
    rest: "Of content, only prompts with their files can be shared, with a group of the member. Files aren't searched.",
    pointers: [
      test('runtime/workspace/files/files.long', 'a file is uploaded, described, listed, read and deleted'),
      test('runtime/workspace/conversations/conversations.long', 'a conversation is created, continued and read'),
      each('AWS::S3::Bucket', '/Properties/VersioningConfiguration/Status', 'Enabled', { named: /FilesBucket/ }),
      page('COMPATIBILITY#v1files-v1uploads-workspaces'),
    ],
    words: 'file upload, upload of documents, dateien hochladen, chat history, chatverlauf, prompt library',
  },
});
