"""Contract types of our own, for import-linter."""

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class PrivateContract(Contract):
    """Modules of the named kinds are imported by their own package alone; the words of `ui` are everybody's."""

    type_name = "private"

    furniture = fields.SetField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Collect the imports that reach into another package's private modules."""
        del verbose
        trespasses = []
        for module in sorted(graph.modules):
            parts = module.split(".")
            if parts[0] != "viche" or len(parts) < 3 or parts[2] not in self.furniture or parts[1] == "ui":
                continue
            own = ".".join(parts[:2])
            trespasses += [
                (importer, module)
                for importer in sorted(graph.find_modules_that_directly_import(module))
                if importer != own and not importer.startswith(own + ".")
            ]
        return ContractCheck(kept=not trespasses, metadata={"trespasses": trespasses})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name every importer and what it took."""
        for importer, module in check.metadata["trespasses"]:
            output.print_error(f"{importer} imports {module}, which belongs to its own package.")
