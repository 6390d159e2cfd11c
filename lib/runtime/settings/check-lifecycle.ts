import { type LifeDates, lifeOn, lifeText } from '../../boundary/lifecycle';
import type { SettingsDestination } from '../../contract/policies/settings-policy';
import { type ControlPlane, type ModelLifecycle, RegionError } from './control-plane';
import type { CheckFinding } from './finding';

/** A model of the policy, with every destination that it answers. */
interface CalledModel {
  readonly modelId: string;
  readonly destinations: readonly SettingsDestination[];
}

/** Bedrock's answer in a Region: the life of the model, or that it has no such model. */
type Answer = ModelLifecycle | 'missing';

/** Reads the life of every model, in each Region that may answer for it, and returns what ends or has ended. */
export async function checkLifecycles(
  destinations: readonly SettingsDestination[],
  control: ControlPlane,
  now: Date,
): Promise<CheckFinding[]> {
  const found = await Promise.all(calledModels(destinations).map((model) => checkLifecycle(model, control, now)));
  return found.flat();
}

async function checkLifecycle(model: CalledModel, control: ControlPlane, now: Date): Promise<CheckFinding[]> {
  const regions = new Set(model.destinations.flatMap(({ sourceRegion, regions }) => [sourceRegion, ...regions]));
  const results = await Promise.allSettled([...regions].map((region) => answerOf(model, region, control)));
  const answers = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const failed = results.find((result) => result.status === 'rejected');
  const finding = (kind: CheckFinding['kind'], text: string): CheckFinding[] =>
    model.destinations.slice(0, 1).map(({ id, sourceRegion }) => ({ kind, region: sourceRegion, profile: id, text }));
  const life = findingOf(model, answers, now.toISOString().slice(0, 10));
  if (life !== undefined) return finding(life.kind, life.text);
  // One Region's answer is enough: a Region that isn't enabled or fails has a finding of its own.
  if (failed === undefined || answers.length > 0) return [];
  const { message } = failed.reason as Error;
  return finding(
    'lifecycle-unread',
    `the life of '${model.modelId}' can't be read, so its end may go unnoticed: ${message}`,
  );
}

async function answerOf({ modelId }: CalledModel, region: string, control: ControlPlane): Promise<Answer> {
  try {
    return await control.modelLifecycle(region, modelId);
  } catch (error) {
    if (error instanceof RegionError && error.kind === 'missing') return 'missing';
    throw error;
  }
}

/** What ends or has ended, by the facts of the deployment or by Bedrock's answers, whichever says it first. */
function findingOf(
  model: CalledModel,
  answers: readonly Answer[],
  today: string,
): Pick<CheckFinding, 'kind' | 'text'> | undefined {
  const named = model.destinations.map(({ id }) => `'${id}'`).filter((id, at, ids) => ids.indexOf(id) === at);
  const subject = `model '${model.modelId}' (${named.join(', ')})`;
  const instead =
    "name a newer model in residency.yaml and deploy again; 'eu-residency models' lists the models of this boundary, the newest first";
  const byFacts = model.destinations.map(({ life = NO_DATES }) => lifeOn(today, life));
  // A Region that doesn't know a model has ended it, or never listed it.
  const byBedrock = answers.map((answer) => (answer === 'missing' ? undefined : lifeOn(today, answer)));
  const saysEnded = byFacts.find(({ state }) => state === 'ended');
  if (saysEnded !== undefined) {
    return {
      kind: 'model-ended',
      text: `${subject} ${lifeText(saysEnded)} according to the facts, so no gateway uses it; ${instead}`,
    };
  }
  // While one Region still serves it, a profile that reaches this Region may answer.
  if (byBedrock.length > 0 && byBedrock.every((life) => life === undefined || life.state === 'ended')) {
    const dated = byBedrock.find((life) => life !== undefined);
    const how = dated === undefined ? 'no longer exists' : lifeText(dated);
    return { kind: 'model-ended', text: `${subject} ${how} according to Bedrock, so it can't answer; ${instead}` };
  }
  // Where one Region has ended the model and another still serves it, what counts is when the other ends.
  const ending = [...byBedrock, ...byFacts].find((life) => life?.state === 'ending');
  const partly = byBedrock.find((life) => life?.state === 'ended');
  if (ending === undefined && partly !== undefined) {
    return {
      kind: 'model-legacy',
      text: `${subject} ${lifeText(partly)} in some Regions according to Bedrock, and is still served in others; ${instead}`,
    };
  }
  if (ending === undefined) return undefined;
  const by = byFacts.includes(ending) ? 'the facts' : 'Bedrock';
  return {
    kind: 'model-legacy',
    text: `${subject} ${lifeText(ending)} according to ${by}; before it ends, ${instead}`,
  };
}

const NO_DATES: LifeDates = { legacyFrom: null, endsAt: null };

function calledModels(destinations: readonly SettingsDestination[]): CalledModel[] {
  const models = new Map<string, SettingsDestination[]>();
  for (const destination of destinations) {
    const { modelId } = destination;
    // A policy of an earlier version names no models.
    if (modelId !== undefined) models.set(modelId, [...(models.get(modelId) ?? []), destination]);
  }
  return [...models].map(([modelId, called]) => ({ modelId, destinations: called }));
}
