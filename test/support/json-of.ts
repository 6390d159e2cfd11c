/** The JSON of a response, as a client without types reads it. */
// biome-ignore lint/suspicious/noExplicitAny: each test reads the fields that it expects
export const jsonOf = (response: Response): Promise<any> => response.json();
