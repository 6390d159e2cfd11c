import { mark } from '../runtime/canary/marks';

/** The word that every stored content of a member contains; no answer to another sender, no log and no store may show it. */
export const SECRET = mark('secret');

/** The word that attackers send; no refusal and no log may repeat it. */
export const SENT_WORD = 'angriffswort';
