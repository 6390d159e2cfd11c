import { type Block, type Content, code, field, paragraph, table } from '../tree/tree';
import type { DocumentContext } from './context';

/** The beginning of each document: what it is, who is responsible, what it was made from, and who reviewed it. */
export function opening({ evidence, words: { common }, reviewedBy }: DocumentContext, intro: string): Block[] {
  const { organisation, boundary, facts, date, version, templates } = evidence.head;
  const orField = (text: string | undefined, what: string): Content => [text ?? field(common.field(what))];
  const rows: (readonly [string, Content])[] = [
    ...(organisation === undefined ? [] : [[common.organisation, [organisation.name]] as const]),
    [common.controller, orField(organisation?.controller, common.controllerField)],
    [common.dpo, orField(organisation?.dpo, common.dpoField)],
    [common.date, [date]],
    [common.version, [code(`cdk-eu-residency ${version}`)]],
    [common.boundary, [common.boundaryOf(boundary.name, boundary.countries.length, boundary.regions.length)]],
    [common.facts, [common.factsOf(facts.release, facts.asOf)]],
    [common.templates, [common.templatesOf(templates.length)]],
    [common.reviewed, [reviewedBy ?? common.notReviewed]],
  ];
  return [paragraph(intro), particulars(common.particular, common.entry, rows), paragraph(common.quoted)];
}

/** A table of two columns: a particular and its entry. */
export const particulars = (particular: string, entry: string, rows: readonly (readonly [string, Content])[]): Block =>
  table(
    [particular, entry],
    rows.map(([name, content]) => [[name], content]),
    [1, 2],
  );
