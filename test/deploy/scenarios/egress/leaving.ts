import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeAlarmsCommand, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { runProviderDrill } from '@/lib/cli/run/run-provider-drill';
import { runProviders } from '@/lib/cli/run/run-providers';
import { generationPartition, stateKey } from '@/lib/contract/provider-state';
import type { ProviderDrillReport } from '@/lib/report/provider-drill';
import { Aws } from '../../harness/aws';
import { printedBy } from '../../harness/command';
import { OUTSIDE } from '../../harness/egress-config';
import { WORK } from '../../harness/folders';
import { FOUNDATION, PROJECTS, WORKSPACE } from '../../read-back/context';
import { keyWriter, setKey } from '../../read-back/egress/secrets';
import { answeredBy, clientsOf, type EgressContext, tenantsOf } from './requests';

const [OPENAI, MISTRAL] = OUTSIDE;
/** The longest until all processes have seen that a provider has left, or is in use again. */
const ALL_MS = 60_000;
const EVERY_MS = 2_000;

/** OpenAI leaves use: in a drill, and because it refuses every key. It answers again once a person readmits it. */
export async function leavingProvider(egress: EgressContext, config: string): Promise<void> {
  const { report } = egress.context;
  const commands = new Commands(egress, config);
  await report.require('both providers have keys, and accept them', async () => {
    const writer = await keyWriter(egress.context);
    for (const { name } of OUTSIDE) {
      await setKey(writer, name, 'sk-now');
      egress.outside.accept(name, 'sk-now');
    }
  });
  await report.check(
    '`eu-residency drill --provider` has Mistral answer, and OpenAI again, within 60 s each',
    async () => {
      const { out, ...drilled } = await commands.drill();
      assert.deepEqual(out, drilled.printed);
      const { passed, requests, answers, outAfterSeconds, backAfterSeconds } = drilled.printed;
      assert.deepEqual([passed, requests.failed], [true, 0]);
      assert.deepEqual(Object.keys(answers), [MISTRAL.destination, OPENAI.destination]);
      assert.deepEqual(await commands.list(), []);
      return `out after ${outAfterSeconds} s, back after ${backAfterSeconds} s`;
    },
  );
  await refusesAll(egress, commands);
  await alarm(egress, 1, 'ALARM');
  await notByGateways(egress, commands);
  await readmitted(egress, commands);
  await alarm(egress, 0, 'OK');
}

/** The commands, by an operator of the deployment. */
class Commands {
  constructor(
    private readonly egress: EgressContext,
    private readonly config: string,
  ) {}

  public async drill(): Promise<{ readonly printed: ProviderDrillReport; readonly out: ProviderDrillReport }> {
    const { project } = tenantsOf(this.egress);
    const file = path.join(WORK, 'drill.json');
    const { apiKey = '' } = project.caller;
    process.env.EU_RESIDENCY_KEY = apiKey;
    try {
      const options = [
        '--provider',
        OPENAI.name,
        '--model',
        'assistant',
        '--url',
        project.baseUrl,
        '--config',
        this.config,
      ];
      const text = await this.printed(() => runProviderDrill([...options, '--out', file, '--format', 'json']), apiKey);
      return { printed: JSON.parse(text), out: JSON.parse(readFileSync(file, 'utf8')) };
    } finally {
      delete process.env.EU_RESIDENCY_KEY;
    }
  }

  /** The names of what is out of use, each with the cause. */
  public async list(): Promise<string[]> {
    const text = await this.printed(() => runProviders(['list', '--config', this.config, '--format', 'json']));
    const { data } = JSON.parse(text) as { data: readonly { readonly name: string; readonly kind: string }[] };
    return data.map(({ name, kind }) => `${name} ${kind}`);
  }

  public readmit(identity?: Aws['identity']): Promise<string> {
    return this.printed(
      () => runProviders(['readmit', OPENAI.name, '--reason', 'paid again', '--config', this.config]),
      undefined,
      identity,
    );
  }

  private printed(run: () => Promise<number>, apiKey?: string, identity?: Aws['identity']): Promise<string> {
    const { context, apis } = this.egress;
    const { endpoint, region } = context.aws;
    const place = { endpoint, region, port: apis.apiGateway.port };
    return printedBy(run, { ...place, ...(apiKey && { apiKey }), ...(identity && { identity }) });
  }
}

/** Repeats a request until it is answered as wanted; the seconds that took. */
async function until(isWanted: () => Promise<boolean>): Promise<string> {
  const since = Date.now();
  while (!(await isWanted())) {
    assert.ok(Date.now() - since < ALL_MS, 'not within 60 s');
    await sleep(EVERY_MS);
  }
  return `after ${Math.round((Date.now() - since) / 1_000)} s`;
}

async function refusesAll(egress: EgressContext, commands: Commands): Promise<void> {
  const { context, outside } = egress;
  const { report } = context;
  const [workspace, project] = clientsOf(egress);
  await report.check(
    'a provider that refuses every key is out of use within 60 s, and each request is answered',
    async () => {
      outside.accept(OPENAI.name);
      return until(async () => {
        assert.equal(await answeredBy(project), MISTRAL.destination);
        return (await commands.list()).includes(`${OPENAI.name} key`);
      });
    },
  );
  await report.check('its gateway, and within 60 s the other one, no longer contact it', async () => {
    const contacts = async (client: Parameters<typeof answeredBy>[0]) => {
      outside.forget();
      assert.equal(await answeredBy(client), MISTRAL.destination);
      return outside.received(OPENAI.name).length;
    };
    assert.equal(await contacts(project), 0);
    return until(async () => (await contacts(workspace)) === 0);
  });
}

/** The gateways' lines of the metric, given to CloudWatch as Lambda's log would give them, set the state of the alarm. */
async function alarm({ context, apis }: EgressContext, out: number, state: string): Promise<void> {
  const { report, aws, deployed } = context;
  await report.check(`the alarm ProviderOut is in the state ${state} by what the gateways wrote`, async () => {
    const AlarmNames = [deployed.one('AWS::CloudWatch::Alarm', `${FOUNDATION}/ProviderState`).physicalId];
    const described = async () =>
      (await aws.cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames }))).MetricAlarms?.[0];
    const { MetricName = '', Namespace, Dimensions } = (await described()) ?? {};
    const gateway = deployed.one('AWS::Lambda::Function', `${PROJECTS}/Gateway`).physicalId;
    const latest = async () => {
      const lines = (await apis.apiGateway.logged(gateway)).split('\n').filter((line) => line.includes('"providers"'));
      return JSON.parse(lines.at(-1) ?? '{}');
    };
    // A gateway's answer can arrive before the line.
    await until(async () => (await latest())[MetricName] === out);
    const { _aws, [MetricName]: value, ...line } = await latest();
    const [metric] = _aws.CloudWatchMetrics;
    assert.equal(metric.Namespace, Namespace);
    const dimensions = metric.Dimensions[0].map((Name: string) => ({ Name, Value: line[Name] }));
    assert.deepEqual(dimensions, Dimensions);
    const MetricData = [{ MetricName, Dimensions: dimensions, Value: value }];
    // The alarm has the maximum of a minute, so an earlier value may count at first.
    return until(async () => {
      await aws.cloudWatch.send(new PutMetricDataCommand({ Namespace, MetricData }));
      return (await described())?.StateValue === state;
    });
  });
}

async function notByGateways({ context, apis }: EgressContext, commands: Commands): Promise<void> {
  const { report, aws, deployed } = context;
  await report.check("no gateway's role can readmit it, by the command or in the table", async () => {
    const TableName = deployed.one('AWS::DynamoDB::GlobalTable', `${FOUNDATION}/ProviderState`).physicalId;
    for (const under of [WORKSPACE, PROJECTS]) {
      const gateway = deployed.one('AWS::Lambda::Function', `${under}/Gateway`).physicalId;
      const identity = await apis.identityIn(apis.apiGateway, gateway);
      await assert.rejects(commands.readmit(identity), /ProvidersRole/);
      const Item = { ...stateKey(generationPartition(OPENAI.name)), generation: { N: '9999999999999' } };
      const planted = new Aws(aws.endpoint, aws.region, identity).dynamodb.send(
        new PutItemCommand({ TableName, Item }),
      );
      await assert.rejects(planted, { name: 'AccessDeniedException' });
    }
    assert.deepEqual(await commands.list(), [`${OPENAI.name} key`]);
  });
}

async function readmitted(egress: EgressContext, commands: Commands): Promise<void> {
  const { context, outside } = egress;
  await context.report.check(
    "a person's `eu-residency providers readmit` has it answer again within 60 s",
    async () => {
      outside.accept(OPENAI.name, 'sk-now');
      assert.match(await commands.readmit(), /readmitted/);
      assert.deepEqual(await commands.list(), []);
      const clients = clientsOf(egress);
      return until(async () => {
        const answers = await Promise.all(clients.map(answeredBy));
        return answers.every((destination) => destination === OPENAI.destination);
      });
    },
  );
}
