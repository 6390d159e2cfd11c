import { IN_EU } from './eu-names';
import { isIn, type Word } from './read-words';
import { isCommon } from './words';

/** Words that leave "in the EU" a place: other words for places, and what is done or happens there. */
const LEAVES_IT_A_PLACE = (
  'aws. region countr member. state. states. territor soil. land. area. areas. zone location site. sites. facilit infrastruct cloud server datacent centre center ' +
  'gebiet staat laend mitglied standort rechenzentr ' +
  'pays. etat membre serveur territoire ' +
  'stored storage. hosted hosting. process kept. held. remain stay. stays. located operated run. encrypt includ ' +
  'where. when. which. who. while. under. so. but. only. through. throughout. during. ' +
  'gespeicher speicher verarbeit gehostet hosten. aufbewahr bleib verbleib liegen. liegt. stehen. steht. befind betrieb betreib verschluessel sowie. auch. wo. ' +
  'heberg stocke conserv traite situe chiffr ainsi.'
).split(' ');

/**
 * Whether a word is what the EU in front of it qualifies: "in EU format" says nothing about a place. A word that isn't known counts as
 * one, because a wrong yes costs more than a question.
 */
export function isQualifiedAt(at: number, words: readonly Word[]): boolean {
  const { plain } = words[at] as Word;
  const isGenitive = words[at - 1]?.plain === 's';
  const name = words[isGenitive ? at - 2 : at - 1];
  if (name?.plain !== IN_EU || !name.isBeforeWord || isCommon(plain)) return false;
  const isDataCentre = plain === 'data' && words[at + 1]?.plain.startsWith('cent') === true;
  return !isDataCentre && !isIn(LEAVES_IT_A_PLACE, plain);
}
