import { isMaker, type SubProcessor, subProcessorChanges, subProcessors } from '../statements/sub-processors';
import { type Block, type Content, code, field, heading, joined, paragraph, table } from '../tree/tree';
import { cellText } from './cells';
import type { DocumentContext } from './context';

/** The sub-processors, and how they differ from those of the earlier report. */
export function subProcessorBlocks(context: DocumentContext): Block[] {
  const { evidence, previous, words } = context;
  const { annex, common } = words;
  const all = subProcessors(evidence);
  const makers = all.filter(isMaker);
  const rowsOf = (some: readonly SubProcessor[]) =>
    some.map((one) => [[code(one.name)], roleOf(context, one), placesOf(context, one), retained(context, one)]);
  return [
    heading(2, annex.subprocessors),
    table([common.name, annex.role, common.regions, common.retains], rowsOf(all.filter((one) => !isMaker(one)))),
    ...platformBlocks(context),
    paragraph(field(common.field(annex.authorisationField))),
    ...(makers.length === 0
      ? []
      : [
          heading(3, annex.makers),
          paragraph(annex.makersOf),
          table([common.name, annex.role, common.regions, common.retains], rowsOf(makers)),
        ]),
    heading(3, annex.changes),
    ...(previous === undefined ? [paragraph(annex.noPrevious)] : changes(context, previous)),
  ];
}

function changes(context: DocumentContext, previous: NonNullable<DocumentContext['previous']>): Block[] {
  const { annex, common } = context.words;
  const found = subProcessorChanges(previous, context.evidence);
  if (found.length === 0) return [paragraph(annex.noChange(previous.head.date))];
  return [
    paragraph(annex.changedSince(previous.head.date)),
    table(
      [common.name, annex.change, annex.before, annex.after],
      found.map(({ kind, before, after }) => [
        [code((after ?? before)?.name ?? '')],
        [annex[kind]],
        state(context, before),
        state(context, after),
      ]),
    ),
  ];
}

/** The Regions and the retention of a sub-processor in one cell. */
function state(context: DocumentContext, one: SubProcessor | undefined): Content {
  if (one === undefined) return [context.words.common.none];
  return [...joined(one.regions.map(code)), context.separator, ...retained(context, one)];
}

function retained({ words, separator }: DocumentContext, { retains, external }: SubProcessor): Content {
  if (retains === undefined) return [words.annex.stores];
  const texts = retains.split('; ').map((text) => cellText(words, text));
  if (external === undefined) return joined(texts, separator);
  const { contract, retainsAnyway } = external;
  const more = [
    ...(contract === undefined ? [] : [words.annex.contract(contract)]),
    words.annex.retainsAnyway(retainsAnyway),
  ];
  return joined([...texts, ...more], separator);
}

/** The places of a sub-processor, and on what those of a provider outside AWS rest. */
function placesOf({ words: { annex }, separator }: DocumentContext, { regions, external }: SubProcessor): Content {
  const places = joined(regions.map(code));
  if (external === undefined) return places;
  const { accepted, deployment, sharedCdn } = external;
  const more = [
    ...(accepted === undefined ? [] : [annex.accepted(accepted)]),
    ...(deployment === undefined ? [] : [annex.deployment(deployment.sku, deployment.readOn)]),
    ...(sharedCdn === true ? [annex.sharedCdn] : []),
  ];
  return more.length === 0 ? places : [...places, separator, ...joined(more, separator)];
}

/** Whose the platform is, where the sub-processors besides it are named by company. */
function platformBlocks({ evidence: { platform }, words: { annex } }: DocumentContext): Block[] {
  if (platform === undefined) return [];
  const { company, owner, ownerCountry, asOf, euOwnedOnly } = platform;
  return [
    ...(euOwnedOnly ? [paragraph(annex.euOwnedOnly)] : []),
    paragraph(annex.platform(company, owner, ownerCountry, asOf)),
  ];
}

function roleOf({ words: { annex, common }, separator }: DocumentContext, one: SubProcessor): Content {
  const { role, external } = one;
  switch (role) {
    case 'operator':
      return [annex.operator, separator, field(common.field(annex.entityField))];
    case 'maker':
      return [annex.maker];
    case 'retainer':
      return [annex.retainer];
    case 'not known':
      return [annex.makerNotKnown];
    case 'provider': {
      const { company, ownerCountry, host = '' } = external ?? {};
      const text = annex.provider(company ?? annex.noCompany, ownerCountry ?? annex.noCountry, host);
      return [text, separator, field(common.field(annex.entityField))];
    }
    case 'host':
      return [annex.host, separator, field(common.field(annex.entityField))];
    case 'own server':
      return [annex.ownServer, separator, field(common.field(annex.ownServerField))];
  }
}
