/** The state of a file's conversion in its row, until a request of its member notes the outcome. */
export const WAITING = 'waiting';
