import { BedrockClient, GetGuardrailCommand, type GetGuardrailCommandOutput } from '@aws-sdk/client-bedrock';
import { decideGuardrail } from '../../../boundary/guardrail';
import type { GuardrailConfig } from '../../../config/model/config';
import { type DoctorLine, linesOf } from '../../../report/doctor/doctor-line';
import { clientSettings } from '../caller';
import { inTurns } from '../in-turns';
import { allGuardrails, type Check, type Subject } from './subject';
import { unseen } from './unseen';

const of = linesOf('guardrail');

/** Whether each guardrail of a tenant exists in its version and is as the configuration says, so that it can be applied. */
export const guardrails: Check = (subject) => {
  const each = new Map(allGuardrails(subject).map((one) => [JSON.stringify(one), one]));
  return inTurns([...each.values()], 4, (one) => lineOf(subject, one));
};

async function lineOf(subject: Subject, guardrail: GuardrailConfig): Promise<DoctorLine> {
  const { id, version, region } = guardrail;
  const lines = of(region);
  const named = `${id}, version ${version}`;
  try {
    const client = new BedrockClient(clientSettings(subject.caller, 'bedrock', region));
    const answer = await client.send(new GetGuardrailCommand({ guardrailIdentifier: id, guardrailVersion: version }));
    const wrong = differenceOf(subject, guardrail, answer);
    return wrong === undefined ? lines.ok(named) : lines.missing(`${named}: ${wrong.found}`, wrong.fix);
  } catch (error) {
    if ((error as Partial<Error>).name === 'ResourceNotFoundException') {
      return lines.missing(
        `${named}: Bedrock has no such guardrail or version there`,
        'create the version, or correct the guardrail in residency.yaml; until then, each request of its tenant fails',
      );
    }
    const { notVisible } = lines;
    const own = { ...lines, notVisible: (found: string, fix: string) => notVisible(`${named}: ${found}`, fix) };
    return unseen(own, region, 'bedrock:GetGuardrail', error);
  }
}

function differenceOf(
  { boundary, caller }: Subject,
  guardrail: GuardrailConfig,
  { status, crossRegionDetails, kmsKeyArn }: GetGuardrailCommandOutput,
): { readonly found: string; readonly fix: string } | undefined {
  if (status !== 'READY')
    return { found: `its status is ${status}, not READY`, fix: 'wait, or create the version again' };
  const profile = crossRegionDetails?.guardrailProfileId;
  if (profile !== guardrail.profile) {
    const decision = decideGuardrail(boundary, { ...guardrail, profile }, caller.account);
    if (!decision.inside)
      return { found: decision.detail, fix: 'use a guardrail whose profile stays inside the boundary' };
    return profile === undefined
      ? {
          found: `it has no guardrail profile, but the configuration says '${guardrail.profile}'`,
          fix: "remove 'profile'",
        }
      : { found: `its guardrail profile '${profile}' isn't in the configuration`, fix: `write 'profile: ${profile}'` };
  }
  if (kmsKeyArn === guardrail.key) return undefined;
  return kmsKeyArn === undefined
    ? { found: "it has no customer managed key, but the configuration has 'key'", fix: "remove 'key'" }
    : { found: `its key '${kmsKeyArn}' isn't in the configuration`, fix: `write 'key: ${kmsKeyArn}'` };
}
