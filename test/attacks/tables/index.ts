import type { AttackTable } from '../attack';
import { TOKENS } from './tokens';

export const TABLES: readonly AttackTable[] = [TOKENS];
