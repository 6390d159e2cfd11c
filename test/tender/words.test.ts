import { partOf, phrasesOf } from '@/lib/evidence/tender/match/phrases';
import { decidingTermOf } from '@/lib/evidence/tender/match/terms';
import { Text } from '@/lib/evidence/tender/match/text';

test.each([
  ['the beginning of a word', 'mandant', 'Die Lösung ist mandantenfähig.', true],
  ['a short word as a whole', 'api', 'Apiculture is taught.', false],
  ['the plural of a short word', 'api', 'It has documented APIs.', true],
  ['umlauts as two letters', 'schluessel', 'Eigene Schlüssel', true],
  ['accents', 'reversibil', 'Une clause de réversibilité', true],
  ['words with others between them', 'fin de contrat', 'À la fin du présent contrat', true],
  ['words that are far from each other', 'fin de contrat', 'La fin proche, lointaine ou prévue du contrat', false],
  ['words in another order', 'data export', 'Export controls apply to data.', false],
  ['a negation, which is no filler', 'not retained', 'Prompts are retained.', false],
  ['common words of a phrase with one that names something', 'at rest', 'Content is encrypted at rest.', true],
  ['that one alone', 'at rest', 'The product offers a REST API.', false],
  ['that one in another place', 'au repos', 'Un dépôt Git (repos) au ministère', false],
  ['the EU by its long name', 'stored in-eu', 'Data is stored in the European Union.', true],
  ['an area that includes the EU', 'gespeichert in-eu', 'Gespeichert im Europäischen Wirtschaftsraum', true],
  ['another continent', 'hosted in-eu', 'Hosted in European and American centres', false],
  ['the EU as the owner of a place', 'servers in-eu', 'Servers of the EU', false],
  ['a country of the EU', 'in-eu gespeichert', 'In einem Mitgliedstaat der EU gespeichert', true],
  ['the EU as a part of a compound', 'in-eu gespeichert', 'In der EU-Datenbank gespeichert', false],
  ['the EU where no place is meant', 'leave eu', 'Data must not leave the EU.', true],
  ['a place in the EU where any name is enough', 'company eu', 'A company in the EU', true],
  ['the Union', 'hosted in-eu', 'Hosted in the Union', true],
  ['the Union in French', 'stockees in-eu', "Stockées au sein de l'Union", true],
  ['another union', 'trade eu', 'The trade union', false],
  ['another name that begins with Europa', 'eu universitaet', 'Die Europa-Universität', false],
  ['a whole word', 'daten. verschluesselt', 'Daten, verschlüsselt', true],
  ['its beginning', 'daten. verschluesselt', 'Datenträger, verschlüsselt', false],
  ['that one after another common word', 'sur site', 'A hardware inventory at each site', false],
])('%s', (_, phrase, text, expected) => {
  expect(phrasesOf(phrase).every((one) => partOf(one, new Text(text)) !== undefined)).toBe(expected);
});

test('the words of the text are shown, not those of the phrase', () => {
  const [phrase] = phrasesOf('fin de contrat');
  expect(phrase && partOf(phrase, new Text('À la fin du présent contrat, tout est rendu.'))).toBe(
    'fin du présent contrat',
  );
});

test.each([
  ['The data must not be stored.', 'not'],
  ["Prompts aren't retained.", "aren't"],
  ['Backups are stored for 90 days.', '90'],
  ['Tokens are valid for one hour.', 'hour'],
  ['Logs are reviewed monthly.', 'monthly'],
  ['Nur verschlüsselte Übertragung', 'Nur'],
  ['Il n’y a aucun transfert.', 'n'],
  ['Sauvegarde automatique', 'automatique'],
  ['The servers are in Germany.', 'Germany'],
  ['Hosted in Seoul, South Korea', 'South'],
  ['The data centre is in New Zealand.', 'New'],
  ['New functions are announced.', undefined],
  ['Une réunion de lancement', undefined],
  ['L’hébergement est en Inde.', 'Inde'],
  ['Le service est indépendant.', undefined],
  ['Data is stored outside Europe.', 'outside'],
  ['Data is encrypted on a laptop.', 'laptop'],
  ['Daten auf einem Notebook', 'Notebook'],
  ['Nach dem Recht der Union', 'Recht'],
  ['Rollen und Rechte', undefined],
  ['Conforme à la norme', 'Conforme'],
  ['Data is stored in EU format.', 'format'],
  ['Data is stored in the EU data format.', 'data'],
  ["Data is stored in the EU's date notation.", 'date'],
  ['Die Daten werden im EU Format gespeichert.', 'Format'],
  ['Données stockées dans l’UE format', 'format'],
  ['Data is stored in EU software.', 'software'],
  ['Data is stored in EU data centres.', undefined],
  ['Data is stored in EU Regions.', undefined],
  ['Data is stored in the EU. Format: text', undefined],
  ["Data is stored in the EU's data centres and on EU paper.", undefined],
  ['Data is stored in the EU\nBackups are encrypted', undefined],
  ['Data is stored in the EU\r\nFormat: text', undefined],
  ['Die Daten werden in der EU gespeichert.', undefined],
  ['Content is encrypted.', undefined],
  ['Die Daten werden verschlüsselt gespeichert.', undefined],
  ['Les données sont chiffrées.', undefined],
])('a word that decides is noticed: %s', (text, term) => {
  expect(decidingTermOf(text)).toBe(term);
});
