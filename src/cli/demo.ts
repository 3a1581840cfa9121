import { EXIT, type ExitCode } from './exit.js';

export async function demo(): Promise<ExitCode> {
  return EXIT.verified;
}
