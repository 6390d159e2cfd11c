/** What `docs/COMMAND.md` says about each command below its help page. */
export const COMMAND_PROSE: Readonly<Record<string, string>> = {
  check: `The command needs neither aws-cdk-lib nor cdk-nag, and reads the cloud assembly of any CDK version 2. It finds nested
stacks through the assembly's asset manifest, never through a template's own \`Metadata\`. To have the command expand a glob, quote
it (\`'stacks/**/*.yaml'\`). A folder that matches a glob counts only if it is a cloud assembly; \`node_modules\` is left out.

A SAM template (\`Transform: AWS::Serverless-2016-10-31\`) is interpreted as SAM does: \`Globals\` are merged into the resources.
The API that SAM creates for events that name none is checked as \`ServerlessRestApi\`; without an endpoint type in \`Globals\`, it
is an edge API. \`AWS::LanguageExtensions\` is supported too: a loop (\`Fn::ForEach\`) is expanded, and its resources have the
logical ids that it produces. A loop over a list that is known only at deployment, \`AWS::Include\` and every other macro stay
\`unresolved\`. The same function runs at synthesis and in the hook, so the same applies there.

If an input can't be read, the command names it with the reason, still checks the others, and exits with code 2. A long run on a
terminal shows its progress.`,

  validate: `The command reads the configuration and the files it names, and calls nothing. It reports all mistakes together, one per
line, each with its position: \`residency.yaml:12:5: ...\`.`,

  models: `On a terminal, the table fits its width. In a pipe or a file, each row stays on one line. \`--format yaml\` is for one Region,
because a deployment calls models from one: that of \`--region\`, or the primary Region of the configuration. Without either, it is
the Region that can call the most models.`,

  cost: `The fixed part comes from the synthesized templates: a resource is priced by its type, and a type without a known price is named. With a
configuration, the command runs the app's own aws-cdk-lib in a process of its own, and synthesizes the deployment several times: as
it is, and with one workspace, Region or recovery more. With a cloud assembly, it reads only files. [COST.md](COST.md) lists what is
counted, every price with its source, and what isn't counted.

Each line is rounded to the cent, and totals are the sums of what is printed. In CSV, \`part\` is \`fixed\`, \`use\`, \`model\` or \`cached-model\`:
only one of the last two is due. \`tenant\` is \`workspace/ID\`, \`projects\`, or \`shared\` for what the tenants share. Spreadsheets that read
\`unknown\` as a text leave it out of a sum.`,

  policies: `The files don't depend on the day: the same configuration and version write the same bytes. \`--ou\` is the name of the unit to attach the policies to
first, in the forms of landing zones; Terraform and CloudFormation ask for IDs. [PERIMETER.md](PERIMETER.md) describes each statement, what stays allowed, and the steps.`,

  audit: `A statement puts each call of a model in one class:

| class | meaning |
|---|---|
| inside | a record and an event of CloudTrail have the same request ID, and a Region inside the boundary served it |
| outside | a Region outside the boundary served it, with or without a record |
| unaccounted | an event has no record, or names no Region that served it |
| not joinable | a record has no request ID, or no event has it; or its destination begins with \`openai/\`, \`vpc/\` or the name of a declared provider and a slash, so the call is of another provider than Bedrock and CloudTrail has no event of it. Such a call never counts as inside |

The conclusion says "all" only if nothing is missing: no call, hour, digest, file or signature. [LEDGER.md](LEDGER.md) defines the files, and what is verified.

An officer makes a key with \`openssl genpkey -algorithm ed25519 -out officer.pem\`, and cosigns the first checkpoint with \`--first\`. Each later one needs \`--bundle\`, with
the leaves since the last one. \`audit cosign\` prints the officer's public key as a line, which \`--cosigner\` reads. Keep the file of \`--state\`: without it, a second history
would go unnoticed. A reader who verifies a bundle with \`--cosigned\` was shown the same history as the officer.`,

  doctor: `\`doctor\` checks the account and this machine before a first deployment. It prints what is missing, with the command or the
page that fixes it. It reads settings, writes nothing, and calls nothing that could return content. Each line has a state:

| state | meaning |
|---|---|
| \`ok\` | as the deployment needs it |
| \`missing\` | not as the deployment needs it; exit code 1 |
| \`soon\` | as the deployment needs it today, but something has to be done before long; the exit code stays 0 |
| \`not visible\` | couldn't be read; the line names what would show it, and the exit code stays 0 |

| check | what is checked | permission needed |
|---|---|---|
| Node.js, CDK CLI | the versions here: the CLI of the configuration's folder, otherwise the one on the path | |
| account | the account of the credentials, and the partition | |
| Region enabled | opt-in Regions, including those of inference profiles and guardrail profiles | \`ec2:DescribeRegions\` |
| CDK bootstrap | its version in each Region that stacks are deployed to | \`ssm:GetParameter\` on \`/cdk-bootstrap/*\` |
| stacks | whether a creation, an update, a rollback or a deletion failed: the line has the commands that continue, and the one that shows the reason | \`cloudformation:DescribeStacks\` |
| SCIM turned off | whether tables of SCIM remain of a workspace that has it no longer: no erasure reaches them; the line has the commands that delete them. Without one, there is no line | \`dynamodb:ListTables\` |
| endpoint zones | whether the zones of each network offer its interface endpoints, by this account's letters | \`ec2:DescribeVpcEndpointServices\` |
| endpoints of the VPC | of an existing VPC: each endpoint is there if \`network.vpc.endpoints\` says so, with private DNS | \`ec2:DescribeVpcEndpoints\` |
| facts release | the age of the facts release next to the configuration, if there is one | |
| provider key | whether the secret of each provider outside AWS has a key. Its value is never read, so a wrong key isn't seen | \`secretsmanager:DescribeSecret\` |
| provider state | whether a provider outside AWS, or one of its models, is out of use until a person readmits it: the line has the command | \`cloudformation:DescribeStacks\`, \`dynamodb:Scan\` |
| where profiles lead | the same as \`facts verify\` | \`bedrock:GetInferenceProfile\` |
| model life | whether each model is closed to new customers, or ends within 120 days | \`bedrock:GetFoundationModel\` |
| model access | each model in each Region that may process a request to it: the line has the commands that accept its terms ([access to models](OPERATIONS.md#access-to-models)) | \`bedrock:GetFoundationModelAvailability\` |
| use-case form | whether the account has submitted Anthropic's form, if one of its models is named; the content of the form isn't shown | \`bedrock:GetUseCaseForModelAccess\` |
| retention mode | in each of these Regions, and those of guardrail profiles; a mode other than \`none\` is missing only under \`bedrock.retention: verify\` | \`bedrock:GetAccountDataRetention\` |
| trusted access | in each of these Regions: the account takes part in no trusted access program, and has no storage for what a provider retains; otherwise it is missing | \`bedrock:ListTrustedAccessPrograms\`, \`bedrock:GetAccountDataRetentionStorage\` |
| invocation logging | in each of these Regions | \`bedrock:GetModelInvocationLoggingConfiguration\` |
| guardrail | each guardrail of a tenant exists in its version, and its status, profile and key are as declared | \`bedrock:GetGuardrail\` |
| service control policies | whether one denies a call of the deployment | with \`--ask-iam\`: \`iam:SimulatePrincipalPolicy\`, \`iam:GetRole\` |
| quota | VPCs (counting existing ones; an egress has one of its own), interface endpoints, concurrent executions of Lambda: ten per gateway, per worker of background jobs and per converter of office files, and ten more, or what \`residency.yaml\` reserves and a hundred more; with workspaces, Cognito's requests per second | \`servicequotas:GetServiceQuota\`, \`ec2:DescribeVpcs\` |
| egress quota | with models outside AWS: NAT gateways in each zone of the egress, Elastic IP addresses and firewalls of Network Firewall, counting what others use. Its rule group and its policy are one each, and aren't counted | \`servicequotas:GetServiceQuota\`, \`ec2:DescribeNatGateways\`, \`ec2:DescribeSubnets\`, \`ec2:DescribeAddresses\`, \`network-firewall:ListFirewalls\`, \`cloudformation:ListStackResources\` |
| fixed quota | quotas that AWS doesn't raise: 5 trails in each Region with a stack, and 10 resource policies of CloudWatch Logs. The foundation needs one of each | \`cloudtrail:DescribeTrails\`, \`logs:DescribeResourcePolicies\`; if there is none left, \`cloudformation:ListStackResources\` |
| role quota | IAM roles: existing ones, and those of the deployment, 13 for each workspace, or 20 with a recovery Region. Without \`--ask-iam\`, only a deployment of over 500 roles has the line | with \`--ask-iam\`: \`iam:GetAccountSummary\`; if there is no room, \`iam:ListRoles\` |
| model quota | tokens and requests per minute, by the names that Service Quotas uses for models; below the projects' own limits is missing | \`servicequotas:ListServiceQuotas\` |
| API Gateway log role | the account's setting, which the foundation replaces | \`apigateway:GET\` on \`/account\` |

\`--members N\` compares Cognito's quotas with the worst moment: all members of all workspaces sign in within five minutes, such as at the start of a
lecture. A user of a Cognito pool counts twice in \`UserAuthentication\`, with the code of the second factor; a member who signs in through a
provider counts once in \`UserFederation\`. Later, each member's client requests new tokens every 15 minutes, which counts in
\`UserAuthentication\` too. Without \`--members\`, the lines only show the quotas.

All calls, including those to STS, go to Regions in the boundary, with one exception: \`--ask-iam\` calls IAM, whose endpoint is outside
the EU in the \`aws\` partition. The AWS SDK finds the credentials by itself: a profile that signs in elsewhere calls that place. If AWS
names a service control policy when it denies one of these reads, that policy is \`missing\`. IAM's simulator ignores policies with
conditions, such as those that deny Regions. Each attempt of a call ends after 5 seconds, and each check after 45. With \`--format json\`:

\`\`\`text
{ "boundary", "account", "lines": [{ "check", "state", "region", "found", "fix" }] }
\`\`\`

\`state\` is \`ok\`, \`missing\`, \`soon\` or \`not-visible\`. \`region\` is \`null\` if the check concerns no Region, and \`fix\` if nothing has to be done.`,

  facts: `The Regions that an inference profile routes to are a claim of AWS that changes without notice. \`facts verify\` asks Bedrock with
\`GetInferenceProfile\` in each Region that a profile is called in, and prints the differences:

| state | meaning |
|---|---|
| \`same\` | Bedrock names the Regions that the facts name |
| \`drift, inside\` | it names more Regions (\`gained\`) or fewer (\`lost\`), all inside the boundary |
| \`outside\` | it names a Region outside the boundary: a deployment would be refused; exit code 1 |
| \`unknown\` | it knows no such profile in that Region; exit code 1 as well |
| \`not visible\` | the answer couldn't be read: denied, throttled, unreachable, or a Region that the account hasn't enabled; exit code 2 |

\`--write\` saves each answer with its date in \`residency-facts.yaml\`, next to the configuration. Commit this file: everything that
reads the configuration uses it. The Regions of an answer are added to those of the facts. A Region in the boundary is then
configured, checked and allowed like the others; a Region outside the boundary stops synthesis. An answer that agrees with the facts
renews their date. Nothing in the file allows what the facts refuse, and the file removes no Region. With \`--format json\`:

\`\`\`text
{ "boundary", "account", "profiles": [{ "id", "sourceRegion", "state", "expected", "found", "factsAsOf", "admitted", "detail", "fix" }], "written" }
\`\`\`

\`state\` is \`same\`, \`gained\`, \`lost\`, \`outside\`, \`unknown\` or \`not-visible\`. \`found\`, \`admitted\`, \`detail\`, \`fix\` and \`written\` may
be \`null\`.

\`facts admit\` asks Bedrock about one model or profile, and writes the answer to \`residency-admitted.yaml\` with its time, requester, reason,
approver and expiry date. The rules and the steps are in [OPERATIONS.md](OPERATIONS.md#use-a-model-that-no-release-knows). With
\`--format json\`, it prints \`{ "boundary", "admitted", "written" }\`, where \`admitted\` is the row as it is written.

\`facts verify\` needs permission for \`bedrock:GetInferenceProfile\`, and \`facts admit\` also for \`bedrock:GetFoundationModel\` and
\`bedrock:GetAccountDataRetention\`. The AWS SDK finds the credentials. The calls go only to Regions in the boundary, and the SDK's endpoint
variables are refused if they name a host outside it.

\`facts update FILE\` accepts a facts release: newer rows of models, profiles, retention and hosts that the maintainers signed. It needs no
credentials and no network. It verifies the file with the package's keys, or with \`factsKeys\` of the configuration if they are pinned there.
It copies the file to \`residency-facts.release.json\`, and writes the accepted version and digest to \`residency-facts.lock.json\`. Commit
both: everything that reads the configuration verifies them again, and uses the rows. A release can't change which Regions and countries are
inside the boundary. A refused file changes nothing, and exits with 2. [Operations](OPERATIONS.md#facts-releases) has the whole procedure.`,

  access: `For each key of the assembly, and each key that encrypts something in it, the command lists what the key protects and the principals that
can use it to read. Roles are named by their constructs. \`lend\` means creating grants, and \`rewrite policy\` means changing who may use the key. Each
role is listed with the principals that its trust policy allows to assume it. If a key policy leaves decisions to IAM, identities of the assembly
whose own policies allow it can read (\`by IAM\`), and perhaps others, so it is \`unknown\` whether the list is complete. The same applies to a key whose
policy is known only at deployment or isn't in the assembly. Unconditional denials for every principal are applied; the other denials are listed.
Each secret with a policy of its own, such as that of a provider's key, is listed with those who can \`read\` its value, \`set\` another one, or
\`rewrite policy\`. A principal outside the assembly that this policy excepts needs a permission of IAM too.
With \`--live\`, the command reads the account's customer managed keys in the Regions of the configuration, with the
grants on them (\`by a grant\`). A key that can't be read is \`unknown\`. With \`--format json\`:

\`\`\`text
{ "keys": [{ "stack", "key", "region", "protects": [{ "name", "type" }], "entries": [{ "who", "kind", "assumedBy", "can", "by", "through",
  "context", "conditions" }], "denied", "unknown" }], "withoutKey": [{ "name", "type" }],
  "secrets": [{ "stack", "secret", "region", "entries": [{ "who", "kind", "assumedBy", "can" }], "unknown" }] }
\`\`\`

\`kind\` is \`identity\`, \`account\`, \`service\`, \`anybody\` or \`unknown\`. A key's \`unknown\` is a list of reasons, empty if the list is
complete. \`withoutKey\` lists stores under a key that belongs to the AWS service.`,

  keys: `The command manages keys with a role of the projects' stack, the output \`KeysRole\`. It assumes this role with the credentials that the
AWS SDK finds, so the account's IAM policies decide which principals can manage keys. The SDK's own variables apply, such as \`AWS_PROFILE\` and
\`AWS_ENDPOINT_URL_DYNAMODB\`. With \`--table\`, the command reads no stack and assumes no role unless \`--role\` names one.

\`\`\`sh
eu-residency keys create --project helpdesk-bot --label 'ticket robot' --expires 90d
eu-residency keys create --project helpdesk-bot --label 'Stadt A' --tokens-per-month 5000000 --usd-per-month 49.90
eu-residency keys list   --project helpdesk-bot
eu-residency keys rotate eur_WZ3xBvQ0tLQ4yO2k --project helpdesk-bot --overlap 24h
eu-residency keys revoke eur_WZ3xBvQ0tLQ4yO2k --project helpdesk-bot
\`\`\`

A rotation gives the key another secret. Its id stays the same, and both secrets work until the old one ends. A revocation ends both,
everywhere within 60 seconds. Keys that have ended can be listed for 90 days.

A key's own budget applies in addition to the limits of its project; a rotation keeps it, and another one needs another key. A label names a customer or an application: \`usage --by label\` splits the project's use
by it. Several keys can share one. Don't use names of people. Labels of keys that version 0.1.0 created split nothing.`,

  projects: `The command signs its requests for IAM with a role of the projects' stack, the output \`OpenProjectsRole\`, which can do nothing else. With \`--url\`, it signs them with your
own credentials, or with those of \`--role\`. Programs call the same API: \`residency-projects.openapi.json\` in the package describes it, and the output
\`OpenProjectsUrl\` is its URL.

\`\`\`sh
eu-residency projects create acme --name 'Acme GmbH' --tokens-per-day 1000000
eu-residency keys     create --project acme --expires 90d
eu-residency projects cap acme --tokens-per-day 50000 --requests-per-minute 60
eu-residency projects end acme
\`\`\`

A project has the models and at most the limits of \`projects.open\` in the configuration. \`create\` with the same content changes nothing and prints the project; with other content, it is refused.
\`cap\` replaces all limits: one that you leave out is that of the configuration again. An ended project can't be opened again, and its id can't be used for another one.`,

  usage: `Each stack has a role that can read its counts and nothing else, the output \`UsageRole\`; the command assumes it, as \`keys\` assumes its role.
The counts are the tokens of prompts and answers, as providers reported them or [estimated](LIMITS.md#api-keys-and-limits), summed by the day in
UTC on which the request arrived. They are stored for 92 days. A workspace is shown by whole months in UTC, from the second day after each, and only in
blocks of enough members: \`with\` says what a line includes ([WORKSPACES](WORKSPACES.md#use-of-members)). Each month that a part of the period is in is shown
whole. \`cached\` tokens
were read from the models' prompt caches, and \`written\` ones were written to them; both are part of \`tokens\`, and neither is shown of a workspace's blocks. Version 0.1.0 didn't count them,
nor models; with \`--by model\`, the line of its tokens has no model. \`--by label\` sums by the labels of projects' keys; what has none is in a line without a label.

\`\`\`sh
eu-residency usage --since 2026-11-01 --until 2026-11-30
eu-residency usage sciences --by group --format json
eu-residency usage helpdesk-bot --by label --format csv --since 2026-11-01 --until 2026-11-30
eu-residency usage sciences --by member --url https://chat.example.eu
\`\`\`

\`--format json\` prints one line: \`{ "since", "until", "usage": [{ "tenant", "kind", "month", "day", "group", "member", "label", "model", "with", "tokens", "cached", "cacheWrite" }] }\`.
\`kind\` is \`project\` or \`workspace\`; \`month\` is that of a workspace; \`day\`, \`group\`, \`member\`, \`label\` and \`model\` are present only in sums by them, and \`cached\` and \`cacheWrite\` only for projects and members. \`--by member\` is for auditors, and is
refused unless \`monitoring.perMember\` is declared.

\`--format csv\` has a line for each model, destination and kind of tokens: \`period\`, \`group\`, \`label\` and \`model\`, then the columns of \`cost --format csv\`, with euros if the configuration has \`currency\`. For the
same tokens, both commands print the same amounts. Tokens are summed before they are priced, at the facts' present prices; with \`--by day\`, each day is rounded to cents on its own. What has no
price, and what version 0.1.0 counted without kinds, is \`unknown\`. Lines of workspaces have tokens and no cost ([decision 63](decisions/0063-budgets-are-counters-of-a-month.md)). No cell is a formula in a spreadsheet.`,

  tender: `[TENDER.md](TENDER.md) explains the statuses, the frameworks and how requirements are matched. \`--format csv\` has no heading lines, and no cell of
it is a formula in a spreadsheet. With \`--format json\`:

\`\`\`text
{ "format", "version", "date", "framework": { "name", "version", "total", "source", "note" }, "levels", "rows": [{ "criterion", "title", "id", "status", "text",
  "rest", "basis", "pointers", "date", "support", "level", "sovereignLevel" }] }
{ "format", "version", "date", "proposals": [{ "id", "text", "status", "confidence", "answers", "words" }] }
\`\`\``,

  members: `The command also works against \`eu-residency serve\`. The paths that it calls are in [WORKSPACES.md](WORKSPACES.md).`,

  rights: `The command also works against \`eu-residency serve\`. What each job does is in [WORKSPACES.md](WORKSPACES.md).`,

  drill: `If \`regions.recovery\` names a second Region, \`drill\` runs a function there that reads a sample of each workspace's copies and decrypts it
with the keys of that Region alone. The command runs the function with a role of the stack \`NAME-recovery-drill-ID\`, the output \`DrillRole\`, which can
do nothing else. The function returns counts and times. It shows no content to anyone and writes nothing.

\`\`\`sh
eu-residency drill
eu-residency drill sciences --rows 500 --format json
\`\`\`

\`\`\`text
__DRILL__
\`\`\`

The function reads at most five rows and two objects of one member, starting somewhere in the table. \`--format json\` prints one line:
\`{ "drills": ["workspace", "region", "rows", "objects", "members", "newest" ] }\`. \`rows\` and \`objects\` contain \`read\`, \`decrypted\`,
\`withoutKey\`, \`missing\` and \`unreadable\`.

\`drill --provider\` is another drill: it takes a provider of models out of use, as gateways do with one that refuses them, sends a request every second, and measures
until other destinations answer five times in a row. Then it readmits the provider, and measures until that answers again. The model must have a further destination. \`EU_RESIDENCY_KEY\` holds the key for the requests.

\`\`\`sh
eu-residency drill --provider openai --model assistant --url https://api.example.eu/projects --out drill.json
\`\`\`

The report is \`{ "report", "provider", "model", "at", "before", "outAfterSeconds", "backAfterSeconds", "requests": { "sent", "failed" }, "answers", "passed" }\`: times in seconds,
the destination that answered before, and the number of answers of each destination. It holds no content. \`eu-residency report --drill drill.json\` checks it, and adds it to
[the evidence](EVIDENCE.md).`,

  providers: `Gateways take a provider out of use that refuses them, with a revoked key for example, and can't readmit it. This command can, with a role of the
stack \`NAME-foundation\`, the output \`ProvidersRole\`; the trail records who assumed it. [Decision 70](decisions/0070-providers-leave-by-refusals-that-no-caller-causes.md) says what
counts as a refusal. With \`--format json\`, \`list\` prints \`{ "data": [{ "name", "generation", "at", "kind", "refusals", "models" }] }\`, and \`readmit\` prints \`{ "name", "generation", "at", "reason" }\`.
\`kind\` is \`key\`, \`access\`, \`certificate\` or \`drill\`.`,

  init: `[CI.md](CI.md) describes what \`--ci\` writes, and the inputs of the check.`,

  serve: `\`eu-residency serve\` runs the gateway of a \`residency.yaml\` on your own machine: the same code as in Lambda, at
\`http://127.0.0.1:8787/projects/v1\` and \`http://127.0.0.1:8787/workspaces/<id>/v1\`. By default it calls nothing: the echo
says that it is not a model and repeats its input. It streams, calls a tool that must be called or that the last message
names, answers a JSON schema with an example of it, and returns similar vectors for texts that share words.
The log line of a request then says \`echo, in place of\` the destination that a deployment would call, and each answer has the header
\`x-residency-echo\`. The other headers are those of a deployment, \`ai-disclosure\` included, so that clients can be tested. The examples of one answer
have at most 10,000 values and 200,000 characters together; where a schema requests more, the rest is \`null\` or left out.

With \`--upstream aws\`, it calls Bedrock with the credentials that the AWS SDK finds. The SDK's own variables apply, such as
\`AWS_ENDPOINT_URL_BEDROCK_RUNTIME\`, as long as they name this machine or a place in the boundary.
What Bedrock retains there isn't checked: \`not-stored\` then says only that the gateway stores nothing. You are responsible for the account's
retention mode \`none\` (\`eu-residency doctor\` checks it).

The gateway listens on 127.0.0.1 only and refuses other \`Host\` values. Its keys are random for each data folder, and stored in an SQLite file
that only you can read. They begin with \`eudev_\`, which no deployment accepts. A workspace's content is stored in the folder too,
encrypted as in a deployment, and survives a restart. But the keys are stored next to it, so the folder is for development only. The tokens of an
administrator and of an auditor list models and can't reach content. Only a new member's token is in an answer, to the administrator who adds them.
When roles change or sessions end, the new token is printed here: an administrator can't get the token of another person. With \`--format json\`, the gateway prints one line:

\`\`\`text
{ "projects": [{ "id", "url", "key" }], "workspaces": [{ "id", "url", "tokens": { "member", "otherMember", "admin", "auditor" } }] }
\`\`\``,
};
