import { IN_EU } from './eu-names';
import type { Word } from './read-words';
import { isCommon } from './words';

/** What a place in the EU is called, what it is for and what is done with it. The next word decides: "EU server" is a place, "EU server format" isn't. */
const PLACES = new Set(
  (
    'aws own region country countries member state territory territories soil land area zone az location site premise facility facilities infrastructure ' +
    'cloud service environment server datacenter datacentre center centre storage hosting processing ' +
    'stored hosted processed kept held located based operated managed owned run encrypted protected selected chosen approved designated ' +
    'gebiet raum staat laend mitglied mitgliedstaat mitgliedsstaat mitgliedsland mitgliedslaend standort serverstandort rechenzentrum rechenzentr umgebung dienst infrastruktur ' +
    'speicherung verarbeitung aufbewahrung betrieb ' +
    'pays etat membre territoire serveur hebergement stockage traitement'
  ).split(' '),
);

/** What may be said next of something that is in the EU: what is done or happens there, how, and how the sentence goes on. */
const GOES_ON = new Set(
  (
    'remain remaining stay staying include including ' +
    'where when which who while under so but through across behind throughout during within using via after following upon then since because if once both together also ' +
    'securely safely permanently physically redundantly durably reliably ' +
    'gespeichert speichern verarbeitet verarbeiten gehostet hosten aufbewahrt aufbewahren aufzubewahren verbleiben verbleibt bleiben bleibt liegen liegt stehen steht befinden befindet befindlich ' +
    'betrieben betreiben verschluesselt verschluesseln erhoben abgelegt vorgehalten gesichert durchgefuehrt erfolgen erfolgt statt stattfinden stattfindet ' +
    'sowie auch wo durch fuer mittels ueber unter innerhalb waehrend seit bzw beziehungsweise einschliesslich inklusive wenn falls sofern damit weil dann danach zusammen gemeinsam ' +
    'sicher dauerhaft physisch redundant ' +
    'heberge stocke conserve traite situe localise chiffre exploite realise ' +
    'ainsi chez afin pendant durant lors depuis apres sous puis mais donc car si notamment physiquement durablement'
  ).split(' '),
);

/** Endings of plurals and other forms in the three languages. */
const ENDINGS = ['', 's', 'e', 'es', 'en', 'em', 'er', 'ern', 'n'];

/** Whole words: "Standorte" is one of places, and "Standortformat" isn't. */
const isOneOf = (words: ReadonlySet<string>, plain: string): boolean =>
  ENDINGS.some((ending) => plain.endsWith(ending) && words.has(plain.slice(0, plain.length - ending.length)));

/**
 * The words of a text that a name of the EU in front of them describes, as in "in EU format" and "in EU server format", by their indices:
 * such a name says nothing about a place. A word that isn't known counts as one, because a wrong yes costs more than a question.
 */
export const describedIn = (words: readonly Word[]): ReadonlySet<number> =>
  new Set(words.flatMap(({ plain }, at) => (plain === IN_EU ? (describedAfter(at, words) ?? []) : [])));

/** A name ends the words for places, so that each of them is read once. */
function describedAfter(name: number, words: readonly Word[]): number | undefined {
  let at = nextOf(name, words);
  while (at !== undefined && isPlaceAt(at, words)) at = nextOf(at, words);
  const plain = at === undefined ? undefined : words[at]?.plain;
  return plain === undefined || isCommon(plain) || isOneOf(GOES_ON, plain) ? undefined : at;
}

/** The next word of the same phrase, behind the "s" of a genitive. */
function nextOf(at: number, words: readonly Word[]): number | undefined {
  if (words[at]?.isBeforeWord !== true) return undefined;
  return words[at + 1]?.plain === 's' ? at + 2 : at + 1;
}

function isPlaceAt(at: number, words: readonly Word[]): boolean {
  const plain = words[at]?.plain ?? '';
  return isOneOf(PLACES, plain) || (plain === 'data' && /^cent(er|re)s?$/.test(words[at + 1]?.plain ?? ''));
}
