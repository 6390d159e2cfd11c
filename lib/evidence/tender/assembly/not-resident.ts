import type { UsedException } from '../../../guard/declarations/apply-declarations';
import { counted } from '../../../guard/report/report';
import { permittedBy } from './declared-exceptions';

/** What the guard says about an assembly. */
interface Guarded {
  readonly violations?: number;
  readonly exceptions?: readonly UsedException[];
}

/** Why an assembly can't be said to be inside the boundary; empty if the guard accepts it without exceptions. */
export const notResident = ({ violations = 0, exceptions }: Guarded): string[] => [
  ...(violations > 0 ? [`the guard refuses the assembly (${counted(violations, 'finding')})`] : []),
  ...permittedBy(exceptions),
];
