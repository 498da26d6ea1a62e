/** Prints a figure of a crash run, for the log of the run and the notes of a release. */
export const report = (line: string): void => void process.stdout.write(`${line}\n`);
