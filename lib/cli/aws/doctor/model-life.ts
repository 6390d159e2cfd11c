import { closestFirst } from '../../../boundary/alternatives';
import { factsOf } from '../../../boundary/facts-of';
import { lifeOf, lifeOn, lifeText } from '../../../boundary/lifecycle';
import { mayServeWithoutRetention } from '../../../boundary/retention';
import { usableTargets } from '../../../config/model/usable';
import { type DoctorLine, linesOf } from '../../../report/doctor/doctor-line';
import { lifeState } from '../../../report/doctor/life-state';
import { RegionError } from '../../../runtime/settings/control-plane';
import { inTurns } from '../in-turns';
import { bedrockDestinations, type Check, type Subject } from './subject';
import { unseen } from './unseen';

const of = linesOf('model life');

/** How long each model is served, according to the facts and to Bedrock in the Region that it is called in. */
export const modelLife: Check = (subject) => {
  const called = new Map(
    bedrockDestinations(subject).map((one) => [`${one.modelId} ${one.sourceRegion}`, one] as const),
  );
  return inTurns([...called.values()], 8, (one) => lineOf(subject, one));
};

async function lineOf(
  { boundary: declared, control, now }: Subject,
  { id, modelId, sourceRegion }: ReturnType<typeof bedrockDestinations>[number],
): Promise<DoctorLine> {
  const lines = of(sourceRegion);
  const boundary = declared._withFacts(factsOf(declared).at(() => now));
  const facts = factsOf(boundary);
  const byFacts = lifeOf(facts, modelId);
  // What may retain content can't replace what a project uses.
  const mayServe = (other: string) =>
    !mayServeWithoutRetention(facts, modelId).inside || mayServeWithoutRetention(facts, other).inside;
  const say = (bedrock: string) =>
    `${modelId}: ${lifeText(byFacts) ?? 'no end is announced'}, by the facts; ${bedrock}`;
  const [replacement = 'another model'] = closestFirst(
    boundary,
    usableTargets(boundary, sourceRegion).filter(
      (one) => one.modelId !== modelId && lifeOf(facts, one.modelId).state === 'active' && mayServe(one.modelId),
    ),
    id,
  );
  const fix = `name ${replacement} in residency.yaml instead of ${id}, and deploy`;
  try {
    const byBedrock = lifeOn(facts.today, await control.modelLifecycle(sourceRegion, modelId));
    const found = say(`${lifeText(byBedrock) ?? 'active'}, by Bedrock`);
    switch (lifeState(byFacts, byBedrock)) {
      case 'missing':
        return lines.missing(found, fix);
      case 'soon':
        return lines.soon(found, `before it ends, ${fix}`);
      case 'ok':
        return lines.ok(found);
    }
  } catch (error) {
    if (error instanceof RegionError && error.kind === 'missing')
      return lines.missing(say('unknown to Bedrock there'), fix);
    const { notVisible } = lines;
    return unseen(
      { ...lines, notVisible: (found, how) => notVisible(say(found), how) },
      sourceRegion,
      'bedrock:GetFoundationModel',
      error,
    );
  }
}
