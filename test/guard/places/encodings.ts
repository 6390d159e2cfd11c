/** A value, and the template sections that it needs. */
interface Encoded {
  readonly value: unknown;
  readonly sections?: Readonly<Record<string, unknown>>;
}

/** The same value outside the boundary, as a literal and in the forms in which a template can hide it. */
export const ENCODINGS: Readonly<Record<string, (outside: string, inside: unknown) => Encoded>> = {
  'as it is': (value) => ({ value }),
  'behind Fn::Sub': (outside) => ({
    value: { 'Fn::Sub': ['${Head}${Tail}', { Head: outside.slice(0, 4), Tail: outside.slice(4) }] },
  }),
  'as a default of a parameter': (Default) => ({
    value: { Ref: 'Given' },
    sections: { Parameters: { Given: { Type: 'String', Default } } },
  }),
  'in a parameter without a default': () => ({
    value: { Ref: 'Given' },
    sections: { Parameters: { Given: { Type: 'String' } } },
  }),
  'in the first branch of a condition': (outside, inside) => ({
    value: { 'Fn::If': ['Chosen', outside, inside] },
    sections: CHOSEN,
  }),
  'in the second branch of a condition': (outside, inside) => ({
    value: { 'Fn::If': ['Chosen', inside, outside] },
    sections: CHOSEN,
  }),
  'in a row of a mapping': (outside) => ({
    value: { 'Fn::FindInMap': ['Places', { Ref: 'Given' }, 'Value'] },
    sections: {
      Parameters: { Given: { Type: 'String' } },
      Mappings: { Places: { near: { Value: 'eu-west-1' }, far: { Value: outside } } },
    },
  }),
};

const CHOSEN = {
  Parameters: { Given: { Type: 'String', Default: 'a' } },
  Conditions: { Chosen: { 'Fn::Equals': [{ Ref: 'Given' }, 'a'] } },
};
