import { IN_EU } from './eu-names';
import type { Word } from './read-words';
import { isCommon } from './words';

/** Beginnings of words that leave "in the EU" a place: other words for places, and what is done or happens there. */
const LEAVES_IT_A_PLACE = (
  'aws region countr member state territor soil land area zone location site facilit infrastruct cloud server datacent centre center available ' +
  'gebiet staat laend mitglied standort rechenzentr ' +
  'pays etat membre centre serveur site territoire ' +
  'stor hosted hosting process kept held remain stay stays locat operat run encrypt includ where when which who while under so but only through during ' +
  'gespeicher speicher verarbeit gehostet hosten aufbewahr bleib verbleib lieg steh befind betrieb betreib verschluessel sowie auch wo ' +
  'heberg stock conserv trait situe chiffr ainsi'
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
  return !isDataCentre && !LEAVES_IT_A_PLACE.some((beginning) => plain.startsWith(beginning));
}
