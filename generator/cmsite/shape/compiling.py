"""Compile templates to code that asks the sandbox only where it could have something to say.

A field of a view is public and cannot be changed: it is read as it is. Whatever else a template asks for goes
through the sandbox, and so does a name that no view has.
"""

from __future__ import annotations

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from msgspec import Struct

from cmsite.shape import views

_VIEWS = tuple(kind for kind in vars(views).values() if isinstance(kind, type) and issubclass(kind, Struct))
HOLDERS = {  # which views have a field of each name
    name: frozenset(view for view in _VIEWS if name in view.__struct_fields__)
    for name in sorted({name for view in _VIEWS for name in view.__struct_fields__})
}


class Compiling(CodeGenerator):
    """Writes the code of templates; each part keeps the line that it has in its template."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        """Write a template's code, what it needs of this module first."""
        self.writeline(f"from {__name__} import HOLDERS")
        self.writeline("from cmsite.shape.printing import printed")
        for name in sorted({each.attr for each in node.find_all(nodes.Getattr)} & HOLDERS.keys()):
            self.writeline(f"of_{name} = HOLDERS[{name!r}]")
        super().visit_Template(node, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """Write how an attribute is read: of a view that has it as a field, without a detour."""
        if node.attr not in HOLDERS:
            return super().visit_Getattr(node, frame)
        owner = self.temporary_identifier()
        self.write(f"({owner}.{node.attr} if type({owner} := ")
        self.visit(node.node, frame)
        self.write(f") in of_{node.attr} else environment.getattr({owner}, {node.attr!r}))")
        return None

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """Write a call: nothing that a template may call asks for the loops and blocks around it."""
        frame = frame.copy()
        frame.loop_frame = frame.block_frame = False
        super().visit_Call(node, frame, forward_caller=forward_caller)

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        """Write what stands before a value that is put out; Jinja closes it."""
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile:
            self.write("printed(")
        else:
            super()._output_child_pre(node, frame, finalize)
