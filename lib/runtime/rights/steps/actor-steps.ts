import type { Actor, Steps, StepsOf } from '../jobs/step-actors';
import { closureEndSteps, closureSteps } from './closure-steps';
import { erasureSteps } from './erasure-steps';
import { exportEraserSteps, exportSteps } from './export-steps';
import type { PartsOf, RightsParts } from './parts';
import { readmissionSteps, recoveryReadmissionSteps } from './readmission-steps';
import { recoveryErasureSteps, recoveryVerificationSteps } from './recovery-steps';
import { retentionSteps } from './retention-steps';
import { verificationSteps } from './verification-steps';

/** How the steps of each actor are built. A step that is missing here, or that belongs to another actor, doesn't compile. */
const BUILDERS: { readonly [A in Actor]: (parts: PartsOf[A]) => StepsOf<A> } = {
  witness: (parts) => ({ erase: verificationSteps(parts) }),
  eraser: (parts) => ({
    erase: erasureSteps(parts),
    export: exportEraserSteps(parts),
    close: closureSteps(parts),
    readmit: readmissionSteps(parts),
    retain: retentionSteps(parts),
  }),
  exporter: (parts) => ({ export: exportSteps(parts) }),
  closer: (parts) => ({ close: closureEndSteps(parts) }),
  'recovery-witness': (parts) => ({ erase: recoveryVerificationSteps(parts) }),
  'recovery-eraser': (parts) => ({
    erase: recoveryErasureSteps(parts),
    readmit: recoveryReadmissionSteps(parts),
  }),
};

/** The steps of one actor, and no others. */
export const stepsOf = <A extends Actor>(actor: A, parts: PartsOf[A]): StepsOf<A> => BUILDERS[actor](parts);

/** The steps of all actors, for one process that may do everything. */
export function stepsOfAll(parts: RightsParts): Steps {
  const all = { ...parts, hasRecovery: parts.recovery !== undefined };
  const merged: Record<string, Steps['erase']> = {};
  for (const build of Object.values(BUILDERS)) {
    for (const [kind, steps] of Object.entries(build(all))) merged[kind] = { ...merged[kind], ...steps };
  }
  return merged;
}
