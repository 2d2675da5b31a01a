/** What keeps a local run from starting or going on; the message says what was found and what to do. */
export class LocalRunError extends Error {
  override readonly name = "LocalRunError";
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: "this user may not write there",
  EPERM: "this user may not write there",
  EROFS: "it cannot be written to",
  ENOENT: "no folder can be made there",
  ENOTDIR: "a part of the path is a file",
  EEXIST: "it is a file",
  ENAMETOOLONG: "its name is too long",
};

const diskFull = /ENOSPC|EDQUOT|no space left on device|database or disk is full|disk quota exceeded/i;

/** An error of the file system in our words; any other as it is. @param folder - the data folder */
export function inOurWords(error: unknown, folder: string): unknown {
  if (error instanceof LocalRunError || !diskFull.test(`${codeOf(error)} ${String(error)}`)) return error;
  return new LocalRunError(
    `the disk of ${folder} is full: make room, or choose another folder with --data-dir. What is kept is taken up by the next start`,
    { cause: error },
  );
}

/** Why a folder cannot be used, with what to do. */
export function unusable(folder: string, error: unknown): unknown {
  const reason = reasons[codeOf(error)];
  if (reason === undefined) return inOurWords(error, folder);
  const sentence = `${folder} cannot be used, ${reason}: choose another folder with --data-dir`;
  return new LocalRunError(sentence, { cause: error });
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
