"""A command that does not let the second of two like options win in silence."""

from __future__ import annotations

from typing import Any

from typer.core import TyperCommand


class OnceCommand(TyperCommand):
    """Refuses an option that is given twice where only one can count."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - of a private module
        """Parse as any command does, but for what stands twice."""
        _, _, order = self.make_parser(ctx).parse_args(args=list(args))
        seen = set()
        for parameter in order:
            once = parameter.param_type_name == "option" and not getattr(
                parameter, "multiple", False
            )
            if once and parameter.name in seen:
                ctx.fail(f"{parameter.opts[0]} stands twice; it can be given once")
            seen.add(parameter.name)
        return super().parse_args(ctx, args)
