import { visible } from './visible';

/** Text that is HTML already. Only `html` makes it. */
export class Html {
  private constructor(private readonly text: string) {}

  /** Of text that this package wrote. Never of a value from a template, a file or an account. */
  public static trusted(text: string): Html {
    return new Html(text);
  }

  public toString(): string {
    return this.text;
  }
}

export type Content = string | number | Html | undefined | readonly Content[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const rendered = (content: Content): string => {
  if (content === undefined) return '';
  if (content instanceof Html) return `${content}`;
  if (typeof content === 'string' || typeof content === 'number')
    return visible(`${content}`).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
  return content.map(rendered).join('');
};

/** HTML in which every value is escaped. Characters that can't be seen, or that reorder others, become escapes in JSON's form. */
export const html = (parts: TemplateStringsArray, ...values: readonly Content[]): Html =>
  Html.trusted(parts.map((part, index) => part + rendered(values[index])).join(''));

export const NOTHING = html``;
