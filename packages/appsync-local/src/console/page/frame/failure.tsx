import { Component, type ReactNode } from 'react';

interface FailureProps {
  /** The room's title. */
  of: string;
  children: ReactNode;
}

/** Keeps the page alive when a room fails, and says so. */
export class Failure extends Component<FailureProps, { message?: string }> {
  override state: { message?: string } = {};

  static getDerivedStateFromError = (error: unknown) => ({
    message: error instanceof Error ? error.message : String(error),
  });

  override render(): ReactNode {
    return this.state.message === undefined ? (
      this.props.children
    ) : (
      <p className="notice" role="alert">
        {this.props.of} failed: {this.state.message}. Reload the page; if it fails again, this is a bug of the
        console.
      </p>
    );
  }
}
