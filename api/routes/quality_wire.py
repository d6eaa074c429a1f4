"""Samples, results and concessions of inspections on the wire."""

from decimal import Decimal
from typing import Annotated, Literal, Self

from msgspec import Meta

from api.routes.sampling import CodeLetter
from api.wire import Count, DecimalText, In, Int64, Out, Positive, Text40, Text200, decimal_text
from domain.quality import sampling
from domain.quantity import plain
from domain.sampling.model import Level, Severity

Sample = Positive
Failing = Count
Text500 = Annotated[str, Meta(min_length=1, max_length=500)]


class ResultIn(In, kw_only=True):
    """What was found of one characteristic in the sample of a lot.

    Measured `values` are in the characteristic's unit; those outside of nominal and deviations are nonconforming, by
    calculation. Without values, or where they are not all, `sample_size` and `nonconforming` say it.
    """

    no: Positive
    values: Annotated[list[DecimalText], Meta(max_length=sampling.MAX_VALUES)] = []
    sample_size: Sample | None = None
    nonconforming: Failing | None = None
    note: Text200 | None = None

    def draft(self) -> sampling.ResultDraft:
        """As the domain takes it."""
        return sampling.ResultDraft(
            no=self.no,
            values=tuple(plain(Decimal(value)) for value in self.values),
            sample_size=self.sample_size,
            nonconforming=self.nonconforming,
            note=self.note,
        )


class ConcessionIn(In, kw_only=True):
    """Why a lot whose sample failed is accepted all the same, and the number of the paper that says so."""

    reason: Text500
    reference: Text200 | None = None

    def draft(self) -> sampling.Concession:
        """As the domain takes it."""
        return sampling.Concession(reason=self.reason, reference=self.reference)


class InspectionResult(Out):
    """What was found of one characteristic; it `conforms` when none of the sample failed."""

    no: Int64
    values: Annotated[list[DecimalText], Meta(max_length=sampling.MAX_VALUES)]
    sample_size: Count
    nonconforming: Count
    outside: Count
    conforms: bool
    note: Text200 | None

    @classmethod
    def of(cls, result: sampling.Result) -> Self:
        """On the wire."""
        return cls(
            no=result.no,
            values=[decimal_text(value) for value in result.values],
            sample_size=result.sample_size,
            nonconforming=result.nonconforming,
            outside=result.outside,
            conforms=result.nonconforming == 0,
            note=result.note,
        )


class Concession(Out):
    """Why a lot whose sample failed was accepted."""

    reason: Text500
    reference: Text200 | None

    @classmethod
    def of(cls, concession: sampling.Concession) -> Self:
        """On the wire."""
        return cls(reason=concession.reason, reference=concession.reference)


class SampleClass(Out):
    """The plan for one class of characteristics. `aql` is null for critical ones: none may be nonconforming."""

    name: Literal["critical", "major", "minor"]
    aql: Text40 | None
    code_letter: CodeLetter
    sample_size: Count
    accept: Count
    reject: Count


class LotSample(Out):
    """The sample of a lot, as the inspection plan stood when it arrived."""

    severity: Severity
    level: Level
    classes: Annotated[list[SampleClass], Meta(max_length=3)]
    critical_numbers: Annotated[list[Int64], Meta(max_length=200)]
    minor_numbers: Annotated[list[Int64], Meta(max_length=200)]
    ship_to_stock: bool

    @classmethod
    def of(cls, item: sampling.Sampling) -> Self:
        """On the wire."""
        return cls(
            severity=item.severity,
            level=item.level,
            classes=[
                SampleClass(
                    name=one.name,
                    aql=one.aql,
                    code_letter=one.code_letter,
                    sample_size=one.sample_size,
                    accept=one.accept,
                    reject=one.reject,
                )
                for one in item.classes
            ],
            critical_numbers=list(item.critical_numbers),
            minor_numbers=list(item.minor_numbers),
            ship_to_stock=item.skipped,
        )
