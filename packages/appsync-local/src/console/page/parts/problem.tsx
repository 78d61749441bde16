/** Why something did not work, said aloud by a screen reader. Nothing where all is well. */
export const Problem = ({ text }: { text: string | undefined }) =>
  text === undefined ? null : (
    <p className="notice" role="alert">
      {text}
    </p>
  );
