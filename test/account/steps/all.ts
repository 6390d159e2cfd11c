import type { Step } from '../step';
import { alarms } from './alarms';
import { bootstrap } from './bootstrap';
import { deploy } from './deploy';
import { destroy } from './destroy';
import { failingUpdate } from './failing-update';
import { recovery, replica } from './recovery';
import { refused } from './refused';
import { requests } from './requests';
import { retention } from './retention';
import { trail } from './trail';
import { zones } from './zones';

/** All steps, in order. */
export const STEPS: readonly Step[] = [
  zones,
  bootstrap,
  refused,
  deploy,
  requests,
  alarms,
  retention,
  failingUpdate,
  recovery,
  trail,
  replica,
  destroy,
];
